"""The one writer: records a graded class through nbgrader's own converters."""

import json
from pathlib import Path

from autograder.grading.classroom import Tick
from autograder.grading.result import Result
from autograder.grading.seen import Graded
from autograder.grading.shelf import taken
from autograder.paths import GRADEBOOK
from unrolled.judging.report import book_address


def record(assignment_id: str, graded: list[Graded], sandboxed: bool, tick: Tick) -> dict[str, str]:
    """Write scores and feedback pages of all whose result is not yet recorded, or with links to another book.

    Returns whoever could not be recorded, with nbgrader's reason: the others are recorded all the same.
    """
    refused: dict[str, str] = {}
    for one in graded:
        if recorded(assignment_id, one.student) != (one.result.key, book_address("")):
            reason = _record_one(assignment_id, one.student, sandboxed)
            refused |= {one.student: reason} if reason else {}
        tick()
    return refused


def _record_one(assignment_id: str, student: str, sandboxed: bool) -> str:
    """Record one student; returns nbgrader's reason if it refuses."""
    from autograder.gradebook.stock import StockError  # here: where all are recorded nbgrader is not needed
    from autograder.gradebook.writing import write_one

    try:
        write_one(assignment_id, student, sandboxed)
    except StockError as error:
        return str(error)
    return ""


def recorded(assignment_id: str, student: str) -> tuple[str | None, str | None]:
    """The key of the result last recorded for a student, and the book it links to; None if its feedback is missing."""
    notebook = GRADEBOOK / "autograded" / student / assignment_id / f"{assignment_id}.ipynb"
    if not notebook.exists() or not feedback_page(assignment_id, student).exists():
        return None, None
    notes = json.loads(notebook.read_text(encoding="utf-8"))["metadata"].get("unrolled", {})
    return notes.get("result"), notes.get("book")


def latest_result(student: str, assignment_id: str) -> Result | None:
    """The result that was last recorded for a student, if it was kept."""
    key, _ = recorded(assignment_id, student)
    return taken(assignment_id, key) if key else None


def feedback_page(assignment_id: str, student: str) -> Path:
    return GRADEBOOK / "feedback" / student / assignment_id / f"{assignment_id}.html"
