"""Whatever was handed in becomes a clean notebook or a sentence."""

import json
import os

import nbformat
import pytest

from autograder.authoring.compose import compose, solved
from autograder.grading.repair import MISSING, load_submission, released_notebook
from autograder.oracle.installing import without_install_line
from autograder.oracle.source import solution_sources

ID = "rnn"


def loaded(tmp_path, notebook, name=f"{ID}.ipynb"):
    text = notebook if isinstance(notebook, str) else json.dumps(notebook)
    (tmp_path / name).write_text(text)
    return load_submission(tmp_path, ID)


def cell(notebook, cell_id):
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == cell_id)


def test_untouched_and_solved_notebooks_need_no_repair(tmp_path):
    for notebook in (compose(ID, {}), solved(ID, answer="because")):
        submission = loaded(tmp_path, notebook)
        assert submission.remarks == [] and submission.problem == ""
        assert [c.source for c in submission.notebook.cells] == [c.source for c in notebook.cells]


def test_repair_is_idempotent(tmp_path):
    notebook = solved(ID)
    del notebook.cells[6:9]
    once = loaded(tmp_path, notebook)
    twice = loaded(tmp_path, once.notebook)
    assert [c.source for c in once.notebook.cells] == [c.source for c in twice.notebook.cells]
    assert twice.remarks == []


def test_tags_and_settings_are_ignored_and_named(tmp_path):
    notebook = compose(ID, {})
    check = cell(notebook, "check-rnn-step")
    check.metadata["tags"] = ["skip-execution"]
    check.metadata.nbgrader.points = 100
    check.metadata.nbgrader.schema_version = 99
    submission = loaded(tmp_path, notebook)
    clean = cell(submission.notebook, "check-rnn-step")
    assert clean.metadata.nbgrader.points == 6 and clean.metadata.nbgrader.schema_version == 3
    assert "tags" not in clean.metadata
    assert any("skip-execution" in r for r in submission.remarks)
    assert any("'points'" in r for r in submission.remarks) and any("'schema_version'" in r for r in submission.remarks)


def test_changed_check_cell_is_restored(tmp_path):
    notebook = compose(ID, {})
    cell(notebook, "check-rnn-step").source = "print('6.0')"
    submission = loaded(tmp_path, notebook)
    assert cell(submission.notebook, "check-rnn-step").source == "check(rnn_step)"
    assert submission.remarks == ["The locked cell check-rnn-step was changed; the original is used."]


def test_missing_cells_are_put_back_and_a_solution_elsewhere_takes_the_place_of_its_cell(tmp_path):
    notebook = solved(ID)
    source = cell(notebook, "exercise-rnn-step").source
    gone = ("exercise-rnn-step", "check-rnn-step", "exercise-rnn-forward")
    notebook.cells = [c for c in notebook.cells if c.id not in gone]
    notebook.cells.insert(2, nbformat.v4.new_code_cell(source))
    submission = loaded(tmp_path, notebook)
    assert cell(submission.notebook, "exercise-rnn-step").source == source
    assert cell(submission.notebook, "exercise-rnn-forward").source == MISSING
    assert cell(submission.notebook, "check-rnn-step").source == "check(rnn_step)"
    order = [c.metadata.get("nbgrader", {}).get("grade_id") for c in submission.notebook.cells]
    assert order.index("exercise-rnn-step") < order.index("check-rnn-step")
    assert sum("has been put back" in r for r in submission.remarks) == 2
    assert sum("1 cell without nbgrader's marks" in r for r in submission.remarks) == 1


def test_second_copy_of_a_cell_becomes_an_ordinary_cell(tmp_path):
    notebook = solved(ID)
    notebook.cells.append(cell(notebook, "check-rnn-step").copy())
    submission = loaded(tmp_path, notebook)
    ids = [c.metadata.get("nbgrader", {}).get("grade_id") for c in submission.notebook.cells]
    assert ids.count("check-rnn-step") == 1
    assert "The cell check-rnn-step appears more than once; the first one counts." in submission.remarks


def test_check_before_its_solution_is_moved_behind_it(tmp_path):
    notebook = solved(ID)
    check = cell(notebook, "check-rnn-step")
    notebook.cells.remove(check)
    notebook.cells.insert(0, check)
    submission = loaded(tmp_path, notebook)
    ids = [c.metadata.get("nbgrader", {}).get("grade_id") for c in submission.notebook.cells]
    assert ids.index("exercise-rnn-step") < ids.index("check-rnn-step") < ids.index("exercise-rnn-forward")
    assert any("it was moved behind it" in r for r in submission.remarks)


def test_solution_turned_into_text_counts_as_code(tmp_path):
    notebook = solved(ID)
    solution = cell(notebook, "exercise-rnn-step")
    position = notebook.cells.index(solution)
    notebook.cells[position] = nbformat.v4.new_markdown_cell(solution.source, metadata=solution.metadata)
    submission = loaded(tmp_path, notebook)
    clean = cell(submission.notebook, "exercise-rnn-step")
    assert clean.cell_type == "code" and clean.source == solution_sources(ID)["rnn_step"]
    assert any("had been turned into a markdown cell" in r for r in submission.remarks)


def test_notebook_with_another_name_is_found_and_named(tmp_path):
    submission = loaded(tmp_path, solved(ID), name="rnn (2).ipynb")
    assert submission.problem == "" and "handed in as rnn (2).ipynb" in submission.remarks[0]


def test_other_files_are_not_used_and_named(tmp_path):
    (tmp_path / "numpy.py").write_text("raise SystemExit")
    submission = loaded(tmp_path, solved(ID))
    assert submission.remarks == ["Other files are not used: numpy.py."]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{", "its JSON is broken"),
        ("[" * 100_000, "its JSON is broken"),
        ("[]", "it has no list of cells"),
        ('{"worksheets": []}', "it has no list of cells"),
        (json.dumps({"cells": [{}] * 1001}), "more than 1000 cells"),
        ("\0\1\2", "its JSON is broken"),
    ],
)
def test_what_is_no_notebook_gets_a_sentence(tmp_path, text, sentence):
    submission = loaded(tmp_path, text)
    assert sentence in submission.problem
    assert len(submission.notebook.cells) == len(released_notebook(ID).cells)


def test_missing_link_folder_and_pipe_get_a_sentence(tmp_path):
    assert "There is no notebook" in load_submission(tmp_path, ID).problem
    target = tmp_path / f"{ID}.ipynb"
    target.symlink_to("/etc/passwd")
    assert "is a link" in load_submission(tmp_path, ID).problem
    target.unlink()
    target.mkdir()
    assert "not an ordinary file" in load_submission(tmp_path, ID).problem
    target.rmdir()
    os.mkfifo(target)
    assert "not an ordinary file" in load_submission(tmp_path, ID).problem


@pytest.mark.parametrize(
    "strange",
    [
        None,
        7,
        {"cell_type": 3, "source": {"a": 1}, "metadata": []},
        {"cell_type": "code", "source": ["a", 1, None], "metadata": {"nbgrader": {"grade_id": ["x"]}, "tags": "no"}},
        {"cell_type": "code", "source": "\ud800", "metadata": {"nbgrader": 3}},
    ],
)
def test_strange_cells_do_not_matter(tmp_path, strange):
    tree = json.loads(nbformat.writes(solved(ID)))
    tree["cells"].insert(1, strange)
    submission = loaded(tmp_path, json.dumps(tree))
    assert submission.problem == ""
    nbformat.validate(submission.notebook)


def test_a_set_up_cell_behind_other_code_is_moved_to_the_front(tmp_path):
    notebook = solved(ID)
    setup = next(c for c in notebook.cells if c.id.startswith("setup-"))
    notebook.cells = [*(c for c in notebook.cells if c is not setup), setup]
    submission = loaded(tmp_path, notebook)
    assert submission.notebook.cells[0].source == setup.source
    assert submission.remarks == ["The cell setup-cell stood behind other code; it was moved to the front."]


def test_a_notebook_released_before_the_line_on_what_to_install_is_not_blamed(tmp_path):
    notebook, ours = solved(ID), released_notebook(ID)
    setup = next(c for c in notebook.cells if c.id.startswith("setup-"))
    setup.source = without_install_line(setup.source)
    assert setup.source.startswith("import numpy as np\n")
    submission = loaded(tmp_path, notebook)
    assert submission.remarks == []
    assert [c.source for c in submission.notebook.cells if c.id == setup.id] == [
        c.source for c in ours.cells if c.id == setup.id
    ]
    setup.source += "\nimport math"
    assert loaded(tmp_path, notebook).remarks == ["The locked cell setup-cell was changed; the original is used."]


def test_sources_that_are_too_long_are_cut_and_named(tmp_path):
    notebook = solved(ID)
    notebook.cells += [nbformat.v4.new_code_cell("a." * 15_000) for _ in range(9)]
    submission = loaded(tmp_path, notebook)
    assert sum(len(c.source) for c in submission.notebook.cells if c.id.startswith("own-")) <= 150_000
    assert submission.remarks[0] == "More than 20,000 characters in a cell, or 150,000 in all, are cut off."
    assert solved(ID).cells[5].source in [c.source for c in submission.notebook.cells]
