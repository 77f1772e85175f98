"""Grade a class: every submission is run and judged in parallel, then recorded by one writer.

Workers read, repair, run and judge, and keep each result as it is finished; they never
touch the gradebook. The writer then lets nbgrader itself record, through the same
preprocessors as ``nbgrader autograde``, so grades by hand, late penalties and exports go on working.
"""

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from nbgrader.converters import Autograde, GenerateFeedback

from autograder.checks import ASSIGNMENTS
from autograder.gradebook.hooks import UNSANDBOXED
from autograder.gradebook.stock import StockError, convert, nbgrader_settings
from autograder.grading.repair import load_submission
from autograder.grading.submission import Result, could_not_be_graded, kept_result
from autograder.paths import GRADEBOOK
from autograder.sandbox.bubblewrap import bwrap
from autograder.sandbox.limits import Limits
from unrolled.judging.report import book_address

Tick = Callable[[], None]


class GradingError(Exception):
    """Grading cannot begin; the message says what to do."""


@dataclass(frozen=True)
class Graded:
    """One student's outcome."""

    student: str
    result: Result


def students_with(assignment_id: str) -> list[str]:
    """Everyone who has a folder for this assignment in ``gradebook/submitted``.

    Raises GradingError for an unknown assignment or if nobody has handed in.
    """
    if assignment_id not in ASSIGNMENTS:
        raise GradingError(f"There is no assignment {assignment_id!r}; there are {', '.join(ASSIGNMENTS)}.")
    folders = sorted((GRADEBOOK / "submitted").glob(f"*/{assignment_id}"))
    if not folders:
        raise GradingError(
            f"Nobody has handed in {assignment_id}: put each notebook at "
            f"gradebook/submitted/<student>/{assignment_id}/{assignment_id}.ipynb, then grade again."
        )
    return [folder.parent.name for folder in folders]


def judge_student(assignment_id: str, student: str, sandboxed: bool, limits: Limits | None = None) -> Graded:
    """A worker's whole task: read, repair, run, judge, keep."""
    submission = load_submission(GRADEBOOK / "submitted" / student / assignment_id, assignment_id)
    return Graded(student, kept_result(assignment_id, submission, sandboxed, limits))


@contextmanager
def workers(scheduler: str | None) -> Iterator[Executor]:
    """This machine's cores, or those of a Dask cluster that shares this folder."""
    if scheduler is None:
        os.environ.setdefault("OMP_NUM_THREADS", "1")
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
            yield pool
        return
    from distributed import Client

    with Client(scheduler) as client:
        yield client.get_executor()


def judge_class(assignment_id: str, scheduler: str | None, sandboxed: bool, tick: Tick) -> list[Graded]:
    """Every student's outcome; ``tick`` is called as each is finished."""
    if sandboxed:
        bwrap()
    students = students_with(assignment_id)
    graded = {}
    with workers(scheduler) as pool:
        futures = {pool.submit(judge_student, assignment_id, s, sandboxed): s for s in students}
        for future in as_completed(futures):
            student = futures[future]
            graded[student] = _outcome(future, student, assignment_id)
            tick()
    return [graded[student] for student in students]


def _outcome(future: Future, student: str, assignment_id: str) -> Graded:
    error = future.exception()
    if error is None:
        return future.result()
    problem = f"The grader's worker failed ({type(error).__name__}); grade again, or look at it by hand."
    return Graded(student, could_not_be_graded(assignment_id, problem))


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
