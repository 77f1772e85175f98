"""The released notebooks and prepared examples are what the sources say, and give nothing away."""

import json
from pathlib import Path

import nbformat
import numpy as np
import pytest

from autograder.authoring.build import build_all, build_assignment, verify_points
from autograder.authoring.cases import banks_agree, public_banks
from autograder.checks import ASSIGNMENTS
from autograder.oracle.source import SourceError, instructor_notebook, marking_scheme, read_source, reference
from autograder.paths import EXERCISES, GRADEBOOK
from unrolled.judging.banks import FOLDER
from unrolled.values.codec import encode

EACH = pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=ASSIGNMENTS)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """The folder in which everything is built anew: notebooks in ``release``, examples in ``cases``."""
    folder = tmp_path_factory.mktemp("fresh")
    assert len(list(build_all(folder / "release", folder / "cases", GRADEBOOK / "build"))) == len(ASSIGNMENTS)
    return folder


@EACH
@pytest.mark.xdist_group("build")
def test_committed_exercise_is_not_stale(assignment, fresh):
    path = Path(assignment.id) / f"{assignment.id}.ipynb"
    built, committed = (fresh / "release" / path).read_text(), (EXERCISES / path).read_text()
    assert built == committed, "run 'make exercises' and commit the result"


@EACH
@pytest.mark.xdist_group("build")
def test_committed_examples_are_not_stale(assignment, fresh):
    name = f"{assignment.id}.json"
    agree = banks_agree((FOLDER / name).read_text(), (fresh / "cases" / name).read_text())
    assert agree, "run 'make exercises' and commit the result"


def test_examples_that_differ_are_noticed():
    text = public_banks(ASSIGNMENTS["rnn"])
    tree = json.loads(text)
    tree[0]["behaviours"][0]["says"] += "!"
    assert not banks_agree(text, json.dumps(tree))
    tree = json.loads(text)
    array = tree[0]["behaviours"][0]["trials"][0]["inputs"]["dict"]["W"]["array"]
    array[2] = array[2][:20] + ("A" if array[2][20] != "A" else "B") + array[2][21:]
    assert not banks_agree(text, json.dumps(tree))


def test_examples_agree_where_a_mistake_overflows():
    bank = [json.dumps(encode(np.array([x, 1.0]))) for x in (np.nan, 2.0)]
    assert banks_agree(bank[0], bank[0]) and not banks_agree(*bank)


def test_examples_agree_where_another_processor_rounds_the_last_digit():
    for value in (0.1, np.array([0.1, 2.0])):
        mine, theirs, wrong = (json.dumps(encode({"x": value + error})) for error in (0.0, 1e-16, 1e-3))
        assert mine != theirs and banks_agree(mine, theirs) and not banks_agree(mine, wrong)


@EACH
def test_release_shows_no_solution_and_no_marking_scheme(assignment):
    text = (EXERCISES / assignment.id / f"{assignment.id}.ipynb").read_text()
    assert "SOLUTION" not in text and "Marking scheme" not in text
    for name in reference(assignment.id):
        assert f'raise NotImplementedError(\\"{name}\\")' in text
    for scheme in marking_scheme(assignment.id).values():
        assert "Marking scheme" in scheme
        assert scheme.splitlines()[0] not in text


@EACH
def test_release_has_no_line_of_a_solution(assignment):
    release = nbformat.read(EXERCISES / assignment.id / f"{assignment.id}.ipynb", as_version=4)
    released = {cell.id: cell.source for cell in release.cells}
    for cell in instructor_notebook(assignment.id).cells:
        if not cell.id.startswith("exercise-"):
            continue
        solution = cell.source.split("### BEGIN SOLUTION")[1].split("### END SOLUTION")[0]
        for line in map(str.strip, solution.splitlines()):
            assert line.strip("()[]{},") == "" or line not in released[cell.id]


@EACH
def test_points_in_text_are_those_of_the_checks(assignment):
    first = read_source(assignment.id).cells[0].source
    written = sum(c.metadata["points"] for c in read_source(assignment.id).cells if "written" in c.metadata)
    assert f"{sum(e.points for e in assignment.graded)} by the autograder, {written} for a written answer" in first


def test_points_that_differ_are_refused():
    notebook = instructor_notebook("rnn")
    next(c for c in notebook.cells if c.id == "check-rnn-step").metadata.nbgrader.points += 1
    with pytest.raises(SourceError, match="differ"):
        verify_points(ASSIGNMENTS["rnn"], notebook)


def test_unknown_assignment_gets_one_sentence():
    with pytest.raises(SourceError, match="There is no assignment 'rmm'; there are"):
        read_source("rmm")


@EACH
def test_examples_hold_no_code(assignment):
    text = (FOLDER / f"{assignment.id}.json").read_text()
    assert "def " not in text and "lambda" not in text and "return " not in text


def test_a_notebook_that_somebody_worked_in_is_not_overwritten(tmp_path):
    release, scratch = tmp_path / "release", GRADEBOOK / "build"
    path = build_assignment(ASSIGNMENTS["rnn"], release, scratch)
    notebook = nbformat.read(path, as_version=4)
    next(c for c in notebook.cells if c.id == "exercise-rnn-step").source += "\n    # my work"
    nbformat.write(notebook, path)
    with pytest.raises(SourceError, match="holds somebody's work"):
        build_assignment(ASSIGNMENTS["rnn"], release, scratch)
    assert "# my work" in path.read_text()
