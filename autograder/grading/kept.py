"""Results are kept as files, so that nothing is graded twice and nothing is lost."""

import os
from pathlib import Path

from autograder.grading.repair import Submission
from autograder.grading.result import Result, could_not_be_graded
from autograder.grading.submission import grade
from autograder.grading.version import result_key
from autograder.paths import GRADEBOOK
from autograder.sandbox.bubblewrap import bwrap
from autograder.sandbox.limits import Limits


def kept_result(assignment_id: str, submission: Submission, sandboxed: bool = True, limits: Limits | None = None) -> Result:
    """The kept result of this submission, graded now if there is none.

    An error of ours is recorded as "could not be graded" and not kept, so that the next run tries again.
    """
    key = result_key(assignment_id, submission, sandboxed)
    path = GRADEBOOK / "results" / assignment_id / f"{key}.json"
    if path.exists():
        return Result.from_json(path.read_text(encoding="utf-8"))
    if sandboxed:
        bwrap()  # without a sandbox nothing is graded, and nothing recorded
    try:
        result = grade(assignment_id, submission, sandboxed, limits)
    except Exception as error:  # ours, whatever it is: a person must look
        problem = f"The grader itself failed ({type(error).__name__}: {str(error)[:200]}); a person will look at it."
        # without a key: whatever comes of the next try is recorded in its place
        return could_not_be_graded(assignment_id, problem, sandboxed=sandboxed)
    write_whole(path, result.to_json())
    return result


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all, even if the grader is killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
