"""A small class graded again by the command: nothing heavy where nothing changed, and everything where something did."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.authoring.compose import compose, solved
from autograder.grading.result import Result
from autograder.paths import ROOT

pytestmark = pytest.mark.xdist_group("unchanged")
ID, ADA, INES = "unrolled_net", "ada", "ines"
EARLIER = Path(__file__).with_name("earlier") / "unrolled_net.json"  # kept by the grader of commit 80febe8
HEAVY = {"nbgrader", "nbformat", "nbconvert", "jupytext", "sqlalchemy", "torch", "zmq", "jupyter_client"}
GRADE = f"""
import json, sys
from autograder.cli import main
main(["grade", "{ID}"], standalone_mode=False)
print(json.dumps(list(sys.modules)))
"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The gradebook's folder after the class is graded, and what the command printed."""
    gradebook = tmp_path_factory.mktemp("unchanged") / "gradebook"
    for name, notebook in ((ADA, solved(ID)), (INES, compose(ID, {}))):
        folder = gradebook / "submitted" / name / ID
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{ID}.ipynb")
    return gradebook, grade(gradebook)[0]


def grade(gradebook):
    """Grade the class; returns what was printed, and the modules that the command had imported in the end."""
    environment = os.environ | {"UNROLLED_GRADEBOOK": str(gradebook), "COLUMNS": "160"}
    command = [sys.executable, "-c", GRADE]
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    printed, modules = result.stdout.rstrip().rsplit("\n", 1)
    return printed, set(json.loads(modules))


def score(gradebook, student=ADA):
    with Gradebook(f"sqlite:///{gradebook}/gradebook.db") as book:
        return book.find_submission(ID, student).score


def mark(gradebook, points):
    with Gradebook(f"sqlite:///{gradebook}/gradebook.db") as book:
        written = next(g for g in book.find_submission(ID, ADA).notebooks[0].grades if g.cell.name.startswith("written"))
        written.manual_score, written.needs_manual_grade = points, False
        book.db.commit()


def report(gradebook):
    return {row["student"]: row for row in json.loads((gradebook / "reports" / f"{ID}.json").read_text())}


def shown(printed):
    return printed.split(f"{ID}: ", 1)[1]


def page(gradebook, student=ADA):
    return gradebook / "feedback" / student / ID / f"{ID}.html"


def state(gradebook):
    folders = ("results", "autograded", "feedback")
    return {p: p.stat().st_mtime_ns for name in folders for p in (gradebook / name).rglob("*.*")}


def test_nothing_heavy_is_imported_where_nothing_changed(graded):
    gradebook, first = graded
    before = state(gradebook)
    printed, modules = grade(gradebook)
    assert "autograder.reports.class_report" in modules and not modules & HEAVY
    assert shown(printed) == shown(first) and state(gradebook) == before


def test_marks_by_hand_stand_in_the_reports_and_a_page_that_is_gone_comes_back(graded):
    gradebook, _ = graded
    before = score(gradebook)
    mark(gradebook, 3.0)
    printed, modules = grade(gradebook)
    assert report(gradebook)[ADA]["total"] == before + 3 and f"{before + 3:g}/" in printed
    assert "nbgrader" in modules and "autograder.grading.kept" not in modules
    text = page(gradebook).read_text()
    page(gradebook).unlink()
    grade(gradebook)
    assert "3" in text and page(gradebook).exists() and score(gradebook) == before + 3


def test_what_was_handed_in_anew_is_graded_anew(graded):
    gradebook, _ = graded
    notebook = gradebook / "submitted" / INES / ID / f"{ID}.ipynb"
    before = notebook.read_bytes()
    shutil.copyfile(gradebook / "submitted" / ADA / ID / f"{ID}.ipynb", notebook)
    grade(gradebook)
    assert report(gradebook)[INES]["auto"] == report(gradebook)[ADA]["auto"] > 0
    notebook.write_bytes(before)
    grade(gradebook)
    assert report(gradebook)[INES]["auto"] == score(gradebook, INES) == 0


def test_a_gradebook_of_an_earlier_grader_goes_on(graded):
    """Its results stand under other keys: each is graded anew once, and marks by hand stay."""
    gradebook, _ = graded
    mark(gradebook, 2.0)
    before = score(gradebook)
    shutil.rmtree(gradebook / "results")
    for student in (ADA, INES):
        as_an_earlier_grader_left_it(gradebook, student)
    grade(gradebook)
    assert score(gradebook) == before and report(gradebook)[ADA]["total"] == before
    kept = {p.stem for p in (gradebook / "results" / ID).glob("*.json")}
    assert len(kept) == 3  # the earlier one is left where it was
    before = state(gradebook)
    assert not grade(gradebook)[1] & HEAVY and state(gradebook) == before


def as_an_earlier_grader_left_it(gradebook, student):
    """Its kept result, and its key in the recorded notebook."""
    earlier = Result.from_json(EARLIER.read_text())
    (gradebook / "results" / ID).mkdir(parents=True, exist_ok=True)
    shutil.copyfile(EARLIER, gradebook / "results" / ID / f"{earlier.key}.json")
    recorded = gradebook / "autograded" / student / ID / f"{ID}.ipynb"
    tree = json.loads(recorded.read_text())
    tree["metadata"]["unrolled"]["result"] = earlier.key
    recorded.chmod(0o644)
    recorded.write_text(json.dumps(tree))


def test_a_result_kept_by_an_earlier_grader_is_read_and_replayed(graded):
    gradebook, _ = graded
    as_an_earlier_grader_left_it(gradebook, ADA)
    command = [sys.executable, "-m", "autograder", "replay", ADA, ID, "layer_forward"]
    environment = os.environ | {"UNROLLED_GRADEBOOK": str(gradebook), "COLUMNS": "160"}
    said = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True).stdout
    earlier = Result.from_json(EARLIER.read_text())
    first = earlier.verdicts[0]
    assert (earlier.points, earlier.out_of, len(earlier.verdicts)) == (1, 22, 4) and first.mistakes
    assert f"recorded {first.points} of {first.out_of} points" in said and earlier.seeds["layer_forward"] in said
    assert "The checks are not those of the recorded result" in said
