"""Results are kept as files, so that nothing is graded twice and nothing is lost."""

from autograder.grading.repair import Submission
from autograder.grading.result import Result, could_not_be_graded
from autograder.grading.shelf import place, taken, write_whole
from autograder.grading.submission import grade
from autograder.grading.version import result_key
from autograder.sandbox.bubblewrap import bwrap
from autograder.sandbox.limits import Limits


def kept_result(assignment_id: str, submission: Submission, sandboxed: bool = True, limits: Limits | None = None) -> Result:
    """The kept result of this submission, graded now if there is none.

    An error of ours is recorded as "could not be graded" and not kept, so that the next run tries again.
    """
    key = result_key(assignment_id, submission, sandboxed)
    kept = taken(assignment_id, key)
    if kept is not None:
        return kept
    if sandboxed:
        bwrap()  # without a sandbox nothing is graded, and nothing recorded
    try:
        result = grade(assignment_id, submission, sandboxed, limits)
    except Exception as error:  # ours, whatever it is: a person must look
        problem = f"The grader itself failed ({type(error).__name__}: {str(error)[:200]}); a person will look at it."
        # without a key: whatever comes of the next try is recorded in its place
        return could_not_be_graded(assignment_id, problem, sandboxed=sandboxed)
    write_whole(place(assignment_id, key), result.to_json())
    return result
