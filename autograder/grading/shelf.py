"""Where results are kept: a file for each, under its key, in ``gradebook/results/<assignment>/``."""

import os
from pathlib import Path

from autograder.grading.result import Result
from autograder.paths import GRADEBOOK


def place(assignment_id: str, key: str) -> Path:
    """The file of the result with this key, which may not be there."""
    return GRADEBOOK / "results" / assignment_id / f"{key}.json"


def taken(assignment_id: str, key: str) -> Result | None:
    """The kept result with this key, if there is one."""
    path = place(assignment_id, key)
    return Result.from_json(path.read_text(encoding="utf-8")) if path.exists() else None


def write_whole(path: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all, even if the grader is killed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)
