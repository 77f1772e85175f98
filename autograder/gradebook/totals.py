"""Each student's total, as nbgrader counts it: with points by hand and what is taken off for being late.

What nbgrader said is kept in ``gradebook/results/<assignment>.totals.json`` for as long as not a byte of its
database has changed: to start it and to ask takes longer than all the rest of grading a class that is graded already.
"""

import json
from dataclasses import asdict, dataclass

from autograder.gradebook.database import URL, state
from autograder.grading.shelf import write_whole
from autograder.paths import GRADEBOOK


@dataclass(frozen=True)
class Total:
    """The recorded points of one student, out of how many, and whether something waits for a mark by hand."""

    score: float
    out_of: float
    by_hand: bool


def totals(assignment_id: str, students: list[str]) -> dict[str, Total]:
    """Every student's total; who is not recorded has nothing, and waits."""
    before = state()
    kept = _kept(assignment_id, before)
    if before and all(student in kept for student in students):
        return {student: kept[student] for student in students}
    asked = _asked(assignment_id, students)
    if before and before == state():
        tree = {"database": before, "totals": {student: asdict(total) for student, total in asked.items()}}
        write_whole(GRADEBOOK / "results" / f"{assignment_id}.totals.json", json.dumps(tree, indent=0))
    return asked


def _kept(assignment_id: str, database: str) -> dict[str, Total]:
    try:
        tree = json.loads((GRADEBOOK / "results" / f"{assignment_id}.totals.json").read_text(encoding="utf-8"))
        kept = {student: Total(**total) for student, total in tree["totals"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError):  # not there, or no longer what was written
        return {}
    return kept if tree["database"] == database else {}


def _asked(assignment_id: str, students: list[str]) -> dict[str, Total]:
    from nbgrader.api import Gradebook, MissingEntry  # here: where nothing has changed it is not asked

    found = {}
    with Gradebook(URL) as gradebook:
        for student in students:
            try:
                recorded = gradebook.find_submission(assignment_id, student)
                found[student] = Total(recorded.score, recorded.max_score, recorded.needs_manual_grade)
            except MissingEntry:
                found[student] = Total(0.0, 0.0, True)
    return found
