"""The one writer: records a graded class through nbgrader's own converters."""

import json
import os
from pathlib import Path

from nbgrader.converters import Autograde, GenerateFeedback

from autograder.gradebook.hooks import UNSANDBOXED
from autograder.gradebook.stock import StockError, convert, nbgrader_settings
from autograder.grading.classroom import Graded, Tick
from autograder.paths import GRADEBOOK
from unrolled.judging.report import book_address


class RecordOne(Autograde):
    """nbgrader's autograding of one student, also if the expected file is not there."""

    def init_notebooks(self) -> None:
        folder = Path(self._format_source(self.coursedir.assignment_id, self.coursedir.student_id))
        self.assignments = {str(folder): [str(folder / f"{self.coursedir.assignment_id}.ipynb")]}
        self.notebooks: list[str] = []


def record(assignment_id: str, graded: list[Graded], sandboxed: bool, tick: Tick) -> dict[str, str]:
    """Write scores and feedback pages of all whose result is not yet recorded, or with links to another book.

    Returns whoever could not be recorded, with nbgrader's reason: the others are recorded all the same.
    """
    refused = {}
    for one in graded:
        if recorded(assignment_id, one.student) != (one.result.key, book_address("")):
            try:
                _record_one(assignment_id, one.student, sandboxed)
            except StockError as error:
                refused[one.student] = str(error)
        tick()
    return refused


def recorded(assignment_id: str, student: str) -> tuple[str | None, str | None]:
    """The key of the result last recorded for a student, and the book it links to; None if its feedback is missing."""
    notebook = GRADEBOOK / "autograded" / student / assignment_id / f"{assignment_id}.ipynb"
    if not notebook.exists() or not feedback_page(assignment_id, student).exists():
        return None, None
    notes = json.loads(notebook.read_text(encoding="utf-8"))["metadata"].get("unrolled", {})
    return notes.get("result"), notes.get("book")


def feedback_page(assignment_id: str, student: str) -> Path:
    return GRADEBOOK / "feedback" / student / assignment_id / f"{assignment_id}.html"


def _record_one(assignment_id: str, student: str, sandboxed: bool) -> None:
    config = nbgrader_settings()
    config.CourseDirectory.assignment_id = assignment_id
    config.CourseDirectory.student_id = student
    os.environ[UNSANDBOXED] = "0" if sandboxed else "1"
    convert(RecordOne, config)
    convert(GenerateFeedback, config)
