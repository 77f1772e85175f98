"""The leaderboard: best first, equal places for equal shares, and no word of who it is."""

import pytest

from autograder.grading.pseudonyms import pseudonym
from autograder.grading.result import Result
from autograder.reports import leaderboard
from autograder.reports.leaderboard import places, write_leaderboard
from unrolled.judging.bank import Finding, Verdict

SHARES = {"ada": 0.41, "bela": 0.585, "chidi": 0.41, "dora": 0.0}


def result(share, problem=""):
    findings = [Finding("words_20", "says at least 20% of the words", 4, share >= 0.2, "", share)]
    return Result("key", [Verdict("project", "pronounce", "book/x.html#y", findings, [], 4, problem)], [])


@pytest.fixture
def graded_class(monkeypatch, tmp_path):
    """Four measured students, one who waits for a person and one who was never recorded."""
    recorded = {name: result(share) for name, share in SHARES.items()}
    recorded |= {"emil": result(0.99, "a person will look at it"), "farah": None}
    monkeypatch.setattr(leaderboard, "students_with", lambda _: list(recorded))
    monkeypatch.setattr(leaderboard, "latest_result", lambda student, _: recorded[student])
    monkeypatch.setattr(leaderboard, "GRADEBOOK", tmp_path)
    return recorded


def test_best_first_and_equal_places_for_equal_shares(graded_class):
    shown = places("project")
    assert [(p.rank, p.share) for p in shown] == [(1, 0.585), (2, 0.41), (2, 0.41), (4, 0.0)]
    assert {p.pseudonym for p in shown} == {pseudonym(name, "project") for name in SHARES}


def test_page_holds_pseudonyms_and_no_names(graded_class):
    page = write_leaderboard("project").read_text(encoding="utf-8")
    assert not [name for name in graded_class if name in page]
    assert all(pseudonym(name, "project") in page for name in SHARES) and "58.5%" in page
    assert pseudonym("emil", "project") not in page


def test_an_assignment_without_a_model_has_none():
    assert write_leaderboard("rnn") is None


def test_pseudonyms_stay_and_are_a_students_own(monkeypatch):
    monkeypatch.setattr("autograder.grading.pseudonyms.course_secret", lambda: bytes(32))
    names = [f"student {n}" for n in range(300)]
    made = [pseudonym(name, "project") for name in names]
    assert made == [pseudonym(name, "project") for name in names]
    assert len(set(made)) == 300
    assert pseudonym("ada", "project") != pseudonym("ada", "other")
