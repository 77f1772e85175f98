"""Record one student: nbgrader's own autograding and feedback, with the judge in their midst."""

import os
from pathlib import Path

from nbgrader.converters import Autograde, GenerateFeedback

from autograder.gradebook.hooks import UNSANDBOXED
from autograder.gradebook.stock import convert, nbgrader_settings


class RecordOne(Autograde):
    """nbgrader's autograding of one student, also if the expected file is not there."""

    def init_notebooks(self) -> None:
        folder = Path(self._format_source(self.coursedir.assignment_id, self.coursedir.student_id))
        self.assignments = {str(folder): [str(folder / f"{self.coursedir.assignment_id}.ipynb")]}
        self.notebooks: list[str] = []


def write_one(assignment_id: str, student: str, sandboxed: bool) -> None:
    """Write a student's scores into the gradebook, and the feedback page.

    Raises StockError with nbgrader's reason if it refuses.
    """
    config = nbgrader_settings()
    config.CourseDirectory.assignment_id = assignment_id
    config.CourseDirectory.student_id = student
    os.environ[UNSANDBOXED] = "0" if sandboxed else "1"
    convert(RecordOne, config)
    convert(GenerateFeedback, config)
