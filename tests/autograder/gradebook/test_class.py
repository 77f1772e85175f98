"""The demonstration class on the whole road: hand in, grade, record, report, by both routes."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from autograder.checks import ASSIGNMENTS
from autograder.paths import ROOT
from autograder.proof.demo import PREFIX, STUDENTS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("class")]
FULL = 27
NAMES = [f"{PREFIX}{name}" for name in [*STUDENTS, "olga"]]


def run(gradebook: Path, *command: str, check: bool = True) -> subprocess.CompletedProcess:
    environment = os.environ | {
        "UNROLLED_GRADEBOOK": str(gradebook),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "COLUMNS": "160",
    }
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=check)


def autograder(gradebook: Path, *arguments: str, check: bool = True) -> subprocess.CompletedProcess:
    return run(gradebook, sys.executable, "-m", "autograder", *arguments, check=check)


def scores(gradebook: Path) -> dict[str, tuple[float, bool]]:
    with Gradebook(f"sqlite:///{gradebook}/gradebook.db") as book:
        return {s.student_id: (s.score, s.needs_manual_grade) for s in book.assignment_submissions("rnn")}


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """The gradebook's folder after the class is graded, and what the command printed."""
    gradebook = tmp_path_factory.mktemp("class") / "gradebook"
    autograder(gradebook, "demo")
    return gradebook, autograder(gradebook, "grade", "rnn").stdout


def test_every_student_has_the_score_that_the_work_earns(graded):
    found = {name.removeprefix(PREFIX): score for name, (score, _) in scores(graded[0]).items()}
    assert set(found) == {*STUDENTS, "olga"}
    assert found["ada"] == found["bela"] == found["kaja"] == FULL
    assert found["ines"] == found["jonas"] == 0
    for wrong in ("chidi", "dora", "emil", "farah"):
        assert FULL - 7 <= found[wrong] < FULL
    assert found["goran"] < found["chidi"]
    assert 0 < found["hana"] < FULL
    assert found["liam"] == found["mira"] == found["nils"] == FULL - 3


def test_where_lists_what_was_graded_and_passes_over_the_rest(graded):
    """The last step of 'make course': of most assignments nothing has been handed in."""
    gradebook, _ = graded
    lines = autograder(gradebook, "where").stdout.splitlines()
    assert [line.split()[0] for line in lines] == ["book", "feedback", "class", "gradebook"]
    assert (gradebook / "feedback" / f"{PREFIX}ada" / "rnn" / "rnn.html").exists() and "(one of 15)" in "\n".join(lines)


def test_unreadable_submission_is_flagged_and_no_zero(graded):
    gradebook, printed = graded
    with Gradebook(f"sqlite:///{gradebook}/gradebook.db") as book:
        notebook = book.find_submission_notebook("rnn", "rnn", f"{PREFIX}olga")
        grades = [g for g in notebook.grades if g.cell.name.startswith("check")]
        assert [g.auto_score for g in grades] == [None] * 5
        assert all(g.needs_manual_grade for g in grades)
    assert f"Could not be graded, please look at: {PREFIX}olga." in printed


def test_table_and_reports_name_every_student_and_mistake(graded):
    gradebook, printed = graded
    for name in NAMES:
        assert name in printed
    reports = gradebook / "reports"
    rows = json.loads((reports / "rnn.json").read_text())
    assert [row["student"] for row in rows] == sorted(NAMES)
    assert [row["student"] for row in csv.DictReader((reports / "rnn.csv").read_text().splitlines())] == sorted(NAMES)
    page = (reports / "rnn.html").read_text()
    by_name = {row["student"]: row for row in rows}
    assert by_name[f"{PREFIX}chidi"]["mistakes"]
    assert "skip-execution" in " ".join(by_name[f"{PREFIX}jonas"]["remarks"])
    for name in NAMES:
        assert name in page


def test_feedback_page_shows_behaviours_diagnosis_and_link(graded):
    gradebook, _ = graded
    for name in NAMES:
        assert (gradebook / "feedback" / name / "rnn" / "rnn.html").exists()
    mistaken = (gradebook / "feedback" / f"{PREFIX}goran" / "rnn" / "rnn.html").read_text()
    for text in ("It looks as if:", "missed", "passed", "shared_weights.html#pitfall-"):
        assert text in mistaken
    tampered = (gradebook / "feedback" / f"{PREFIX}jonas" / "rnn" / "rnn.html").read_text()
    assert "Remarks of the grader" in tampered
    for name in NAMES:
        assert "Marking scheme" not in (gradebook / "feedback" / name / "rnn" / "rnn.html").read_text()


def test_second_run_changes_nothing(graded):
    gradebook, first = graded
    files = {p: p.stat().st_mtime_ns for p in (gradebook / "autograded").rglob("*.ipynb")}
    results = {p: p.stat().st_mtime_ns for p in (gradebook / "results").rglob("*.json")}
    before = scores(gradebook)
    again = autograder(gradebook, "grade", "rnn").stdout
    assert again.split("rnn: ", 1)[1] == first.split("rnn: ", 1)[1]
    assert {p: p.stat().st_mtime_ns for p in files} == files and {p: p.stat().st_mtime_ns for p in results} == results
    assert scores(gradebook) == before


def test_pages_follow_the_book(graded, monkeypatch):
    """Pages whose links lead elsewhere are written again: the book was built or published after the first run."""
    gradebook, _ = graded
    before = scores(gradebook)
    monkeypatch.setenv("UNROLLED_BOOK", "https://book.example")
    autograder(gradebook, "grade", "rnn")
    for name in (f"{PREFIX}goran", f"{PREFIX}jonas"):
        page = (gradebook / "feedback" / name / "rnn" / "rnn.html").read_text()
        assert "https://book.example/book/" in page and "file://" not in page
    assert scores(gradebook) == before


def test_stock_nbgrader_gives_the_same_scores(graded, tmp_path):
    """The same submissions, graded afresh by ``nbgrader autograde`` alone, without any kept result."""
    gradebook, _ = graded
    fresh = tmp_path / "gradebook"
    autograder(fresh, "register")
    (fresh / "secret.key").write_text((gradebook / "secret.key").read_text())
    chosen = [f"{PREFIX}{name}" for name in ("ada", "chidi", "goran", "jonas", "kaja", "olga")]
    for name in chosen:
        target = fresh / "submitted" / name / "rnn"
        target.mkdir(parents=True)
        target.joinpath("rnn.ipynb").write_bytes((gradebook / "submitted" / name / "rnn" / "rnn.ipynb").read_bytes())
    run(fresh, "nbgrader", "autograde", "rnn")
    expected = scores(gradebook)
    assert scores(fresh) == {name: expected[name] for name in chosen}
    run(fresh, "nbgrader", "generate_feedback", "rnn")
    assert (fresh / "feedback" / chosen[0] / "rnn" / "rnn.html").exists()
    run(fresh, "nbgrader", "export", "--to", str(tmp_path / "grades.csv"))
    assert len((tmp_path / "grades.csv").read_text().splitlines()) == 1 + len(chosen) * len(ASSIGNMENTS)


def test_grade_by_hand_survives_a_regrade(graded):
    gradebook, _ = graded
    name = f"{PREFIX}ada"
    with Gradebook(f"sqlite:///{gradebook}/gradebook.db") as book:
        grade = book.find_grade("written-padding", "rnn", "rnn", name)
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        book.db.commit()
    (gradebook / "feedback" / name / "rnn" / "rnn.html").unlink()  # so that it is recorded again
    autograder(gradebook, "grade", "rnn")
    assert scores(gradebook)[name][0] == FULL + 3


def test_real_submissions_are_not_mixed_with_the_demonstration(graded, tmp_path):
    (tmp_path / "submitted" / "someone" / "rnn").mkdir(parents=True)
    result = autograder(tmp_path, "demo", check=False)
    assert result.returncode == 1 and "real submissions (someone" in result.stderr


def test_unknown_assignment_and_empty_class_get_one_sentence(tmp_path):
    result = autograder(tmp_path, "grade", "rmm", check=False)
    assert result.returncode == 1
    assert result.stderr == f"Error: There is no assignment 'rmm'; there are {', '.join(ASSIGNMENTS)}.\n"
    result = autograder(tmp_path, "grade", "rnn", check=False)
    assert result.returncode == 1 and "Nobody has handed in rnn: put each notebook at" in result.stderr


def test_an_appeal_is_replayed_exactly(graded):
    gradebook, _ = graded
    said = autograder(gradebook, "replay", f"{PREFIX}nils", "rnn", "split_weights").stdout
    assert "recorded 0 of 3 points, now 0" in said
    assert "input W: array of shape" in said and "expected, value 1: array of shape" in said and "obtained: None" in said
    everything = autograder(gradebook, "replay", f"{PREFIX}ada", "rnn", "rnn_step", "--all").stdout
    assert "recorded 6 of 6 points, now 6" in everything and everything.count("as expected") > 10
    stored = [json.loads(p.read_text()) for p in (gradebook / "results" / "rnn").glob("*.json")]
    assert any(result["seeds"].get("rnn_step", "?") in "".join(everything.split()) for result in stored)


def test_a_replay_says_what_is_no_longer_as_it_was(graded):
    gradebook, _ = graded
    notebook = gradebook / "submitted" / f"{PREFIX}ada" / "rnn" / "rnn.ipynb"
    before = notebook.read_text()
    notebook.write_text(before.replace("return W[:D], W[D:]", "return W[D:], W[:D]"))
    said = autograder(gradebook, "replay", f"{PREFIX}ada", "rnn", "split_weights").stdout
    notebook.write_text(before)
    assert "is not the one that was graded" in said and "recorded 3 of 3 points, now 0" in said


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("nobody", "rnn", "rnn_step"), "No result of nobody for rnn is recorded"),
        ((f"{PREFIX}ada", "rmm", "rnn_step"), "There is no assignment 'rmm'"),
        ((f"{PREFIX}ada", "rnn", "step"), "rnn has no exercise 'step'; it has split_weights"),
        ((f"{PREFIX}olga", "rnn", "rnn_step"), "could not be graded, so nothing was asked"),
    ],
)
def test_what_cannot_be_replayed_gets_one_sentence(graded, arguments, sentence):
    result = autograder(graded[0], "replay", *arguments, check=False)
    assert result.returncode == 1 and sentence in " ".join(result.stderr.split())
