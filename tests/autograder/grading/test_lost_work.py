"""Right work is never lost without a word, however it was handed in."""

import base64
import copy
import json
import os
import shutil
import subprocess
import sys
import zipfile
from html import unescape
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.authoring.compose import compose, solved
from autograder.grading import pictures
from autograder.grading.definitions import Kind, definitions, is_prose, taken_out
from autograder.grading.handins import hand_in_of, hand_ins, overlooked
from autograder.grading.repair import load_submission
from autograder.oracle.source import solution_sources
from autograder.paths import GRADEBOOK, ROOT

ID, FULL = "rnn", 27
SOURCES = solution_sources(ID)
STEP = SOURCES["rnn_step"]
STUB = 'def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):\n    """Doc."""\n    raise NotImplementedError("rnn_step")\n'
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
WORDS = "With x_t = 0 the step still mixes the state with W_hh, so it changes."


def code(source):
    return nbformat.v4.new_code_cell(source)


def text(source, **more):
    return nbformat.v4.new_markdown_cell(source, **more)


def by_key(notebook, key):
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == key)


def loaded(folder, notebook, name=f"{ID}.ipynb"):
    content = notebook if isinstance(notebook, bytes) else json.dumps(notebook).encode()
    (folder / name).write_bytes(content)
    return load_submission(folder, ID)


def said(submission):
    return "\n".join([*submission.remarks, submission.problem])


def sources_in_order(submission):
    """What is run before each check, by exercise: the sources of all code cells above it."""
    before, found = [], {}
    for cell in submission.notebook.cells:
        key = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if key.startswith("check-"):
            found[key.removeprefix("check-").replace("-", "_")] = "\n".join(before)
        elif cell.cell_type == "code":
            before.append(cell.source)
    return found


def works(submission):
    """Which functions are right at their checks: here the code is the reference's own, so it may run in this process."""
    right = set()
    for name, source in sources_in_order(submission).items():
        space = {}
        exec(source.replace("from unrolled import check, data, plots", "check = lambda f: None"), space)
        code_of = space.get(name)
        if code_of is not None and "NotImplementedError" not in code_of.__code__.co_names:
            right.add(name)
    return right


def solved_plain():
    """The solved notebook without the cells that call its functions."""
    notebook = solved(ID, answer=WORDS)
    notebook.cells = [c for c in notebook.cells if not c.id.startswith(("real-", "try-"))]
    return notebook


def test_metadata_of_all_cells_gone_with_ids_and_without(tmp_path):
    for strip in (("metadata",), ("metadata", "id")):
        notebook = json.loads(json.dumps(solved_plain()))
        for cell in notebook["cells"]:
            for what in strip:
                cell[what] = {}
        submission = loaded(tmp_path, notebook)
        assert works(submission) == set(SOURCES) and "recognised by id" in said(submission)
        assert by_key(submission.notebook, "written-padding").source == WORDS
        assert "was missing" not in said(submission)


def test_colab_moves_ids_into_the_metadata(tmp_path):
    notebook = json.loads(json.dumps(solved_plain()))
    for cell in notebook["cells"]:
        cell["metadata"] = {"id": cell.pop("id")}
    submission = loaded(tmp_path, notebook)
    assert works(submission) == set(SOURCES) and by_key(submission.notebook, "written-padding").source == WORDS


def test_code_pasted_into_a_new_notebook(tmp_path):
    cells = [code("import numpy as np"), *(code(source) for source in SOURCES.values()), text("My thoughts: " + WORDS)]
    submission = loaded(tmp_path, nbformat.v4.new_notebook(cells=cells))
    assert works(submission) == set(SOURCES)
    assert WORDS in by_key(submission.notebook, "written-padding").source
    assert "The answer to written-padding stood in a cell of its own" in said(submission)


def test_all_tasks_in_one_cell_and_helpers_below_it(tmp_path):
    cells = [code("\n\n".join(SOURCES.values())), code("def helper():\n    return 1")]
    submission = loaded(tmp_path, nbformat.v4.new_notebook(cells=cells))
    assert works(submission) == set(SOURCES)
    assert "rnn_step was found in a cell that defines other functions as well." in submission.remarks
    assert all("def helper" in above for above in sources_in_order(submission).values())


def test_a_task_copied_as_a_block_counts_where_it_is_solved(tmp_path):
    for worked, other in ((1, 0), (0, 1)):
        notebook = solved_plain()
        keys = ("exercise-rnn-step", "check-rnn-step")
        block = [copy.deepcopy(by_key(notebook, key)) for key in keys]
        first = [by_key(notebook, key) for key in keys]
        (block, first)[other][0].source = STUB
        at = notebook.cells.index(first[1]) + 1
        notebook.cells[at:at] = block
        submission = loaded(tmp_path, notebook)
        assert works(submission) == set(SOURCES), worked
        assert by_key(submission.notebook, "exercise-rnn-step").source == STEP
        assert "more than once; the last complete definition of rnn_step counts" in said(submission)


def test_of_two_complete_definitions_the_last_counts_and_its_check_follows(tmp_path):
    notebook = solved_plain()
    notebook.cells.append(code(STEP + "# the second"))
    submission = loaded(tmp_path, notebook)
    assert by_key(submission.notebook, "exercise-rnn-step").source.endswith("# the second")
    assert "rnn_step is defined in more than one cell; the last complete definition" in said(submission)
    assert sources_in_order(submission)["rnn_step"].endswith("# the second")


@pytest.mark.parametrize("position", [2, -1])
def test_a_stub_left_in_place_does_not_hide_the_solution_in_a_cell_of_its_own(tmp_path, position):
    notebook = solved_plain()
    by_key(notebook, "exercise-rnn-step").source = STUB
    notebook.cells.insert(position, code(STEP))
    submission = loaded(tmp_path, notebook)
    assert works(submission) == set(SOURCES)
    assert "its definition in cell" in said(submission)
    assert ("is left out" in said(submission)) == (position == 2)


def test_a_locked_check_cell_in_which_a_solution_was_written(tmp_path):
    notebook = solved_plain()
    by_key(notebook, "exercise-rnn-step").source = STUB
    by_key(notebook, "check-rnn-step").source = STEP
    submission = loaded(tmp_path, notebook)
    assert works(submission) == set(SOURCES)
    assert by_key(submission.notebook, "check-rnn-step").source == "check(rnn_step)"


def test_wrapped_decorated_and_assigned_functions(tmp_path):
    notebook = solved_plain()
    by_key(notebook, "exercise-rnn-step").source = STUB
    notebook.cells.insert(4, code(STEP.replace("def rnn_step", "def mine") + "\n\nrnn_step = mine"))
    submission = loaded(tmp_path, notebook)
    assert works(submission) == set(SOURCES) and "its definition in cell" in said(submission)
    notebook = solved_plain()
    at = notebook.cells.index(by_key(notebook, "exercise-rnn-step"))
    notebook.cells.insert(at + 1, code("rnn_step = (lambda f: f)(rnn_step)"))
    submission = loaded(tmp_path, notebook)
    assert by_key(submission.notebook, "exercise-rnn-step").source == STEP and works(submission) == set(SOURCES)


def test_what_was_added_to_the_locked_set_up_cell_is_kept(tmp_path):
    notebook = solved_plain()
    setup = by_key(notebook, "setup-cell")
    setup.source += "\nimport itertools"
    submission = loaded(tmp_path, notebook)
    assert "itertools" in sources_in_order(submission)["split_weights"]
    assert "What was added to the set-up cell" in said(submission)


@pytest.mark.parametrize("where", ["below", "above", "in place", "as code", "as a comment", "two cells", "raw"])
def test_an_answer_beside_its_cell_is_offered_for_marking(tmp_path, where):
    notebook = compose(ID, {})
    at = len(notebook.cells) - 1
    assert notebook.cells[at].id == "written-padding"
    cells = {"as code": [code(WORDS)], "as a comment": [code(f"# {WORDS}")], "raw": [nbformat.v4.new_raw_cell(WORDS)]}
    added = cells.get(where, [text(WORDS), text("And more.")] if where == "two cells" else [text(WORDS)])
    if where == "in place":
        del notebook.cells[at]
    place = at if where in ("above", "in place") else at + 1
    notebook.cells[place:place] = added
    submission = loaded(tmp_path, notebook)
    assert WORDS in by_key(submission.notebook, "written-padding").source
    assert sum(WORDS in c.source for c in submission.notebook.cells) == 1
    assert "The answer to written-padding stood in" in said(submission)


def test_an_untouched_question_stays_unanswered(tmp_path):
    notebook = compose(ID, {})
    notebook.cells.append(code("print(1)"))
    for cell in notebook.cells:
        cell.source = cell.source.replace("\n", "\r\n")
    submission = loaded(tmp_path, notebook)
    assert submission.remarks == []  # line ends are no tampering
    assert by_key(submission.notebook, "written-padding").source == by_key(compose(ID, {}), "written-padding").source


@pytest.mark.parametrize("how", ["attached", "tag", "written out"])
def test_a_pasted_picture_survives_and_is_data_of_ours(tmp_path, how):
    notebook = compose(ID, {}, answer="")
    cell, data = by_key(notebook, "written-padding"), base64.b64encode(PNG).decode()
    cell.source = (
        "See: "
        + {
            "attached": "![my picture](attachment:my%20picture.png)",
            "tag": '<img src="attachment:my picture.png" width="300">',
            "written out": f"![x](data:image/png;base64,{data})",
        }[how]
    )
    if how != "written out":
        cell["attachments"] = {"my picture.png": {"image/png": data}}
    answer = by_key(loaded(tmp_path, notebook).notebook, "written-padding")
    ((name, kinds),) = answer.attachments.items()
    assert answer.source == f"See: ![picture](attachment:{name})" and kinds == {"image/png": data}
    nbformat.validate(loaded(tmp_path, notebook).notebook)


@pytest.mark.parametrize(
    "attached",
    [
        {"x.png": {"image/svg+xml": base64.b64encode(b"<svg onload=alert(1)>").decode()}},
        {"x.png": {"text/html": "<script>alert(1)</script>"}},
        {"x.png": {"image/png": base64.b64encode(PNG + b"\0" * pictures.MAX_PICTURE).decode()}},
        {"x.png": 3},
        ["x.png"],
        {},
        None,
    ],
)
def test_what_is_no_small_raster_picture_is_left_out_and_named(tmp_path, attached):
    notebook = json.loads(json.dumps(compose(ID, {}, answer="![x](attachment:x.png)")))
    notebook["cells"][-1]["attachments"] = attached
    submission = loaded(tmp_path, notebook)
    answer = by_key(submission.notebook, "written-padding")
    assert answer.source == pictures.LEFT_OUT and "attachments" not in answer
    assert "A picture in a text is left out" in said(submission)


def test_of_several_notebooks_the_worked_one_counts(tmp_path):
    (tmp_path / f"{ID}.ipynb").write_text(nbformat.writes(compose(ID, {})))
    submission = loaded(tmp_path, solved_plain(), "rnn-Copy1.ipynb")
    assert works(submission) == set(SOURCES)
    assert (
        "rnn-Copy1.ipynb is graded and not rnn.ipynb: it holds 6 functions and answers, the other 0." in submission.remarks
    )


def test_a_broken_notebook_beside_a_good_one_does_not_hide_it(tmp_path):
    (tmp_path / f"{ID}.ipynb").write_text('{"cells": [')
    submission = loaded(tmp_path, solved_plain(), "rnn (1).ipynb")
    assert works(submission) == set(SOURCES) and "its JSON is broken. It is not used." in said(submission)


@pytest.mark.parametrize(
    "name", ["RNN.ipynb", "rnn .ipynb", "rnn.IPYNB", "rnn.ipynb.txt", "ｒｎｎ.ipynb", "x/rnn.ipynb", "rnn.zip"]
)
def test_names_and_places_near_the_right_ones_are_found(tmp_path, name):
    content = nbformat.writes(solved_plain())
    (tmp_path / name).parent.mkdir(exist_ok=True)
    if name.endswith(".zip"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("work/rnn.ipynb", content)
    else:
        (tmp_path / name).write_text(content)
    submission = load_submission(tmp_path, ID)
    assert works(submission) == set(SOURCES) and "was handed in as" in said(submission)


def test_a_bomb_in_an_archive_is_not_unpacked(tmp_path):
    with zipfile.ZipFile(tmp_path / "rnn.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rnn.ipynb", b" " * 100_000_000)
    assert "larger than 20 MB" in load_submission(tmp_path, ID).problem
    (tmp_path / "rnn.zip").write_bytes(b"PK\x03\x04 no archive")
    assert "There is no notebook called rnn.ipynb" in load_submission(tmp_path, ID).problem


def test_where_there_is_no_notebook_it_is_said_what_is_there(tmp_path):
    (tmp_path / "rnn.py").write_text(STEP)
    other = solved("unrolled_net")
    (tmp_path / "homework.ipynb").write_text(nbformat.writes(other))
    problem = load_submission(tmp_path, ID).problem
    assert "There is no notebook called rnn.ipynb" in problem
    assert "what lies there: homework.ipynb, rnn.py" in problem and "Nothing of rnn was found in homework.ipynb" in problem


def test_a_notebook_of_format_3_is_read(tmp_path):
    cells = [
        {"cell_type": "code", "input": c.source, "language": "python", "metadata": {}, "outputs": []}
        if c.cell_type == "code"
        else {"cell_type": "markdown", "source": c.source, "metadata": {}}
        for c in solved_plain().cells
    ]
    content = {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}
    assert works(loaded(tmp_path, content)) == set(SOURCES)


def test_files_of_tools_are_not_remarked(tmp_path):
    for name in ("timestamp.txt", "submission_secret.txt", ".DS_Store"):
        (tmp_path / name).write_text("2026-11-30 12:00:00 UTC")
    assert loaded(tmp_path, solved(ID)).remarks == []


@pytest.mark.parametrize(
    ("source", "kinds"),
    [
        (STUB, [Kind.UNFINISHED]),
        ("def rnn_step(x): pass", [Kind.UNFINISHED]),
        ("def rnn_step(x):\n    ...\n", [Kind.UNFINISHED]),
        ("class rnn_step:\n    '''Doc.'''\n    raise NotImplementedError('x')\n", [Kind.UNFINISHED]),
        (STEP + "    raise NotImplementedError\n", [Kind.WRITTEN]),
        ("@decorated\nasync def rnn_step(x):\n    return x\n", [Kind.WRITTEN]),
        ("if True:\n    def rnn_step(x):\n        return x\n", [Kind.WRITTEN]),
        ("%%time\n!ls\ndef rnn_step(x):\n    return x\n", [Kind.WRITTEN]),
        ("def rnn_step(x):\n    match x:\n        case 1:\n            return 2\n", [Kind.WRITTEN]),
        ("def rnn_step(x)\n    return x\n", [Kind.UNREADABLE]),
        ("rnn_step = f", [Kind.ASSIGNED]),
        ("rnn_step: int = f", [Kind.ASSIGNED]),
        ("rnn_step = None", []),
        ("rnn_step, b = 1, 2", []),
        ("def f():\n    def rnn_step(x):\n        return x\n", []),
        ("rnn_step(1)", []),
    ],
)
def test_definitions_are_found_without_running_anything(source, kinds):
    assert [d.kind for d in definitions(source, ("rnn_step",))] == kinds


@pytest.mark.parametrize("strange", ["(" * 20_000, "- " * 9_000 + "1", "[{(" * 6_000, "'''\n" * 5_000, "f'{" * 6_000, "\0"])
def test_no_source_is_too_strange_to_look_at(strange):
    found = definitions(f"{strange}\nrnn_step = 1\n", ("rnn_step",))
    assert all(d.name == "rnn_step" for d in found) and is_prose(strange) is False


def test_taking_out_keeps_the_rest_of_a_cell_runnable():
    source = "x = 1\nif x:\n    def rnn_step(x):\n        pass\ny = 2"
    space = {}
    exec(taken_out(source, definitions(source, ("rnn_step",))), space)
    assert space["y"] == 2 and "rnn_step" not in space


# Folders of a class


@pytest.fixture
def submitted():
    folder = GRADEBOOK / "submitted"
    assert not folder.exists() or not [p for p in folder.iterdir() if p.name.startswith("lost-")]
    yield folder
    for path in folder.glob("lost-*"):  # other tests' folders may be too deep to walk
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def test_every_folder_under_submitted_appears(submitted):
    content = nbformat.writes(solved_plain())
    for place in (
        "lost-a/RNN/rnn.ipynb",
        "lost-b/rnn /rnn.ipynb",
        "lost-c/rnn.ipynb",
        "lost-d /rnn/rnn.ipynb",
        "lost-e/week 3/rnn.ipynb",
    ):
        (submitted / place).parent.mkdir(parents=True, exist_ok=True)
        (submitted / place).write_text(content)
    for place in ("lost-f/rnn", "lost-g", "lost-h/unrolled_net"):
        (submitted / place).mkdir(parents=True)
    (submitted / "lost-i").mkdir()
    (submitted / "lost-i" / "homework.docx").write_text("x")
    (submitted / "lost-file.ipynb").write_text(content)
    found = {one.student: one for one in hand_ins(ID) if one.student.startswith("lost-")}
    assert sorted(found) == [f"lost-{x}" for x in "abcdefi"]
    assert all(hand_in_of(name, ID) == one for name, one in found.items())
    for letter in "abcde":
        one = found[f"lost-{letter}"]
        assert works(load_submission(one.folder, ID)) == set(SOURCES) and len(one.remarks) == 1
    assert "homework.docx" in load_submission(found["lost-i"].folder, ID).problem
    nothing, nobody = overlooked(ID)
    assert "lost-g, lost-h" in nothing and "lost-file.ipynb" in nobody


def test_two_folders_that_would_have_one_name_are_two_students(submitted):
    for place in ("lost-j/rnn", "lost-j /rnn", "lost-j\n/rnn"):
        (submitted / place).mkdir(parents=True)
    found = [one for one in hand_ins(ID) if one.student.startswith("lost-")]
    assert len({one.student for one in found}) == len({one.folder for one in found}) == 3
    assert next(one for one in found if one.student == "lost-j").folder == submitted / "lost-j" / "rnn"


def test_of_two_folders_the_worked_one_counts(submitted):
    for place, notebook in (("lost-k/rnn", compose(ID, {})), ("lost-k/RNN", solved_plain())):
        (submitted / place).mkdir(parents=True)
        (submitted / place / "rnn.ipynb").write_text(nbformat.writes(notebook))
    assert hand_in_of("lost-k", ID).folder == submitted / "lost-k" / "RNN"


# A class on the whole road


def as_colab(notebook):
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


def copied_block(notebook):
    """The step copied as a block and solved in the copy, as in JupyterLab."""
    block = [copy.deepcopy(by_key(notebook, key)) for key in ("exercise-rnn-step", "check-rnn-step")]
    by_key(notebook, "exercise-rnn-step").source = STUB
    at = notebook.cells.index(by_key(notebook, "check-rnn-step")) + 1
    notebook.cells[at:at] = block
    return notebook


def old_copy_below(notebook):
    old = copy.deepcopy(by_key(notebook, "exercise-rnn-step"))
    old.source = STUB
    notebook.cells.insert(notebook.cells.index(by_key(notebook, "exercise-rnn-step")) + 1, old)
    return notebook


def answer_of_its_own(notebook):
    by_key(notebook, "written-padding").source = by_key(compose(ID, {}), "written-padding").source
    picture = {"p.png": {"image/png": base64.b64encode(PNG).decode()}}
    notebook.cells.append(text(f"{WORDS} ![p](attachment:p.png)", attachments=picture))
    return notebook


def helper_below(notebook):
    by_key(notebook, "exercise-rnn-step").source = STEP.replace("np.tanh(", "squashed(")
    notebook.cells.append(code("def squashed(a):\n    return np.tanh(a)"))
    return notebook


def by_exec(notebook):
    by_key(notebook, "exercise-rnn-step").source = STUB
    notebook.cells.append(code(f"exec({STEP!r})"))
    return notebook


def failing_cell(notebook):
    by_key(notebook, "exercise-rnn-step").source = "np.no_such_thing\n" + STEP
    return notebook


def syntax_error(notebook):
    by_key(notebook, "exercise-rnn-step").source = STEP.replace("b_h):", "b_h)")
    return notebook


def untouched_beside(notebook):
    return notebook


LOST = {  # a student's folder: how the work was changed, the file's place, points, what is said
    "a-colab": (as_colab, "rnn/rnn.ipynb", FULL, "without nbgrader's marks"),
    "b-copy": (untouched_beside, "rnn/rnn-Copy1.ipynb", FULL, "rnn-Copy1.ipynb is graded and not rnn.ipynb"),
    "c-block": (copied_block, "rnn/rnn.ipynb", FULL, "last complete definition of rnn_step counts"),
    "d-old": (old_copy_below, "rnn/rnn.ipynb", FULL, "An unfinished rnn_step"),
    "f-answer": (answer_of_its_own, "rnn/rnn.ipynb", FULL, "The answer to written-padding stood in a cell of its own"),
    "g-capitals": (untouched_beside, "RNN/rnn.ipynb", FULL, "The work lay in the folder 'RNN'"),
    "h-loose": (untouched_beside, "rnn.ipynb", FULL, "The work lay in the student's own folder"),
    "i-space ": (untouched_beside, "rnn/rnn.ipynb", FULL, "in the gradebook it is 'i-space'"),
    "j-helper": (helper_below, "rnn/rnn.ipynb", FULL, "it was asked again at the end"),
    "k-exec": (by_exec, "rnn/rnn.ipynb", FULL, "it was asked again at the end"),
    "l-failing": (failing_cell, "rnn/rnn.ipynb", FULL - 6, "its cell ended with AttributeError: module 'numpy' has no"),
    "m-syntax": (syntax_error, "rnn/rnn.ipynb", FULL - 6, "its cell ended with SyntaxError: expected ':'"),
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The gradebook of a class whose work is nearly lost, and what the command printed."""
    gradebook = tmp_path_factory.mktemp("lost") / "gradebook"
    for student, (change, place, *_) in LOST.items():
        path = gradebook / "submitted" / student / place
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(change(solved_plain())))
    (gradebook / "submitted" / "b-copy" / "rnn" / "rnn.ipynb").write_text(nbformat.writes(compose(ID, {})))
    (gradebook / "submitted" / "n-nothing").mkdir()
    (gradebook / "submitted" / "o-word").mkdir()
    (gradebook / "submitted" / "o-word" / "homework.docx").write_text("x")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = os.environ | {"UNROLLED_GRADEBOOK": str(gradebook), "PATH": path, "COLUMNS": "200"}
    command = [sys.executable, "-m", "autograder", "grade", ID]
    ran = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    return gradebook, ran.stdout


@pytest.mark.xdist_group("class")
class TestClass:
    def test_everyone_has_the_points_and_a_remark(self, graded):
        gradebook, printed = graded
        rows = {row["student"]: row for row in json.loads((gradebook / "reports" / "rnn.json").read_text())}
        assert set(rows) == {name.strip() for name in LOST} | {"o-word"}
        with Gradebook(f"sqlite:///{gradebook}/gradebook.db") as book:
            recorded = {s.student_id: s.score for s in book.assignment_submissions(ID)}
        for name, (_, _, points, words) in LOST.items():
            page = (gradebook / "feedback" / name.strip() / ID / f"{ID}.html").read_text()
            assert recorded[name.strip()] == points, name
            assert words in " ".join(rows[name.strip()]["remarks"]) + unescape(page)
        assert "Nothing of rnn was handed in by: n-nothing." in printed
        assert "Could not be graded, please look at: o-word." in printed

    def test_an_answer_in_a_cell_of_its_own_waits_for_a_mark_and_its_picture_is_shown(self, graded):
        gradebook, _ = graded
        with Gradebook(f"sqlite:///{gradebook}/gradebook.db") as book:
            assert book.find_grade("written-padding", ID, ID, "f-answer").needs_manual_grade
        page = (gradebook / "feedback" / "f-answer" / ID / f"{ID}.html").read_text()
        assert f'src="data:image/png;base64,{base64.b64encode(PNG).decode()}"' in page
