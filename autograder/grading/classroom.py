"""Grade a class: every submission is run and judged in parallel, then recorded by one writer.

Workers read, repair, run and judge, and keep each result as it is finished; they never
touch the gradebook. The writer then lets nbgrader itself record, through the same
preprocessors as ``nbgrader autograde``, so grades by hand, late penalties and exports go on working.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_context

from autograder.checks import ASSIGNMENTS
from autograder.errors import CourseError
from autograder.grading.handins import hand_in_of, hand_ins, submission_of
from autograder.grading.result import could_not_be_graded
from autograder.grading.seen import Graded, fingerprint, note, unchanged
from autograder.sandbox.bubblewrap import bwrap
from autograder.sandbox.limits import Limits

Tick = Callable[[], None]


class GradingError(CourseError):
    """Grading cannot begin; the message says what to do."""


def students_with(assignment_id: str) -> list[str]:
    """Everyone who handed in something for this assignment, by the name in the gradebook: see ``handins``.

    Raises GradingError for an unknown assignment or if nobody has handed in.
    """
    if assignment_id not in ASSIGNMENTS:
        raise GradingError(f"There is no assignment {assignment_id!r}; there are {', '.join(ASSIGNMENTS)}.")
    found = hand_ins(assignment_id)
    if not found:
        raise GradingError(
            f"Nobody has handed in {assignment_id}: put each notebook at "
            f"gradebook/submitted/<student>/{assignment_id}/{assignment_id}.ipynb, then grade again."
        )
    return [one.student for one in found]


def judge_student(assignment_id: str, student: str, sandboxed: bool, limits: Limits | None = None) -> Graded:
    """A worker's whole task: read, repair, run, judge, keep."""
    from autograder.grading.kept import kept_result  # here: a class in which nothing changed needs none of it

    before = fingerprint(hand_in_of(student, assignment_id).folder, assignment_id, sandboxed)
    submission = submission_of(student, assignment_id)
    same = before == fingerprint(hand_in_of(student, assignment_id).folder, assignment_id, sandboxed)
    return Graded(student, kept_result(assignment_id, submission, sandboxed, limits), before if same else "")


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
    """Every student's outcome; ``tick`` is called as each is finished.

    Workers are started for those only whose submission or assignment has changed.
    """
    students = students_with(assignment_id)
    graded = unchanged(assignment_id, students, sandboxed)
    for _ in graded:
        tick()
    changed = [student for student in students if student not in graded]
    if changed:
        graded |= _judged(assignment_id, changed, scheduler, sandboxed, tick)
    outcomes = [graded[student] for student in students]
    note(assignment_id, outcomes)
    return outcomes


def _judged(
    assignment_id: str, students: list[str], scheduler: str | None, sandboxed: bool, tick: Tick
) -> dict[str, Graded]:
    if sandboxed:
        bwrap()
    graded = {}
    with workers(scheduler) as pool:
        futures = {pool.submit(judge_student, assignment_id, s, sandboxed): s for s in students}
        for future in as_completed(futures):
            student = futures[future]
            graded[student] = _outcome(future, student, assignment_id)
            tick()
    return graded


def _outcome(future: Future, student: str, assignment_id: str) -> Graded:
    error = future.exception()
    if error is None:
        return future.result()
    problem = f"The grader's worker failed ({type(error).__name__}); grade again, or look at it by hand."
    return Graded(student, could_not_be_graded(assignment_id, problem))
