"""Totals are nbgrader's own, and asked again as soon as anything in its database has changed."""

import sqlite3
from contextlib import closing

import pytest
from nbgrader.api import Gradebook

from autograder.gradebook import totals as module
from autograder.gradebook.database import PATH, URL, state
from autograder.gradebook.registering import register
from autograder.gradebook.totals import Total, totals

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader 0.9 leaves these to its users
ID, ADA = "outputs", "totals-ada"


@pytest.fixture
def recorded():
    """One student with a submission in the gradebook, and nobody's totals kept."""
    register([ID])
    with Gradebook(URL) as book:
        book.add_student(ADA)
        book.add_submission(ID, ADA)
    yield
    with Gradebook(URL) as book:
        book.remove_student(ADA)


def mark(points):
    with Gradebook(URL) as book:
        grade = next(g for n in book.find_submission(ID, ADA).notebooks for g in n.grades)
        grade.manual_score = points
        book.db.commit()


def test_a_mark_by_hand_counts_at_once(recorded):
    before = totals(ID, [ADA])
    assert before[ADA].score == 0 and before[ADA].out_of > 0
    mark(2.5)
    assert totals(ID, [ADA])[ADA].score == 2.5


def test_nbgrader_is_not_asked_again_while_nothing_has_changed(recorded, monkeypatch):
    first = totals(ID, [ADA])
    asked = []

    def ask(_, students):
        asked.append(students)
        return dict.fromkeys(students, Total(1, 1, True))

    monkeypatch.setattr(module, "_asked", ask)
    assert totals(ID, [ADA]) == first and asked == []
    assert totals(ID, [ADA, "totals-bela"])["totals-bela"] == Total(1, 1, True) and len(asked) == 1
    (module.GRADEBOOK / "results" / f"{ID}.totals.json").write_text("{")
    assert totals(ID, [ADA]) != first and len(asked) == 2


def test_who_is_not_recorded_has_nothing_and_waits(recorded):
    assert totals(ID, ["totals-nobody"]) == {"totals-nobody": Total(0.0, 0.0, True)}


def test_while_somebody_writes_nothing_is_kept(recorded, monkeypatch):
    with closing(sqlite3.connect(PATH)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE student SET email = 'x'")
        assert state() == ""
    assert state() != ""
