"""Which submissions lie as they lay when their results were kept, told by their bytes alone.

``gradebook/results/<assignment>.seen.json`` says for each student what was read and under which key its result is kept.
Where that still holds nothing is repaired, run or judged, and neither a notebook's reader nor a kernel is needed.
A result is the same function of submission, assignment and secret as ever: this file only finds its key.
"""

import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.checks import ASSIGNMENTS
from autograder.grading.handins import hand_in_of
from autograder.grading.naming import is_notebook
from autograder.grading.reading import MAX_FILE, Unreadable, entries, plain_name, read_file, subfolders
from autograder.grading.result import Result
from autograder.grading.secret import course_secret
from autograder.grading.shelf import taken, write_whole
from autograder.grading.version import assignment_version
from autograder.oracle.seeds import seed_for
from autograder.paths import EXERCISES, GRADEBOOK

MANY = 200  # things in a submission: such a one is read anew each time


@dataclass(frozen=True)
class Graded:
    """One student's outcome.

    fingerprint: of what was read for it; empty if that changed meanwhile
    """

    student: str
    result: Result
    fingerprint: str = ""


def fingerprint(folder: Path, assignment_id: str, sandboxed: bool) -> str:
    """A keyed hash of all that the result of a submission's folder depends on: of what is read there, and the assignment.

    What cannot be read counts by the reason. A link is not followed, and no more is read than is graded.
    Empty if there is too much to look at each time.
    """
    release = EXERCISES / assignment_id / f"{assignment_id}.ipynb"
    parts = [assignment_version(assignment_id), str(sandboxed), _hash(release.read_bytes()), json.dumps(folder.parts[-2:])]
    if folder.is_symlink() or folder.parent.is_symlink():
        parts.append("a link")
    else:
        read = _read(folder, assignment_id)
        if read is None:
            return ""
        parts.append(json.dumps(read))
    return f"{seed_for(course_secret(), 'seen', *parts):032x}"


def _read(folder: Path, assignment_id: str) -> dict[str, str] | None:
    """What lies in the folder and the folders in it, by name: the kind of thing, and what is in those that count."""
    wanted, read = {plain_name(name) for name in ASSIGNMENTS[assignment_id].files}, {}
    for path in (p for place in (folder, *subfolders(folder)) for p in entries(place)):
        name = plain_name(path.name)
        counts = name == "timestamp.txt" or name in wanted or name.endswith(".zip") or is_notebook(name)
        kind = "a link" if path.is_symlink() else "a folder" if path.is_dir() else "a file"
        read[str(path.relative_to(folder))] = _content(path, MAX_FILE) if counts else kind
        if len(read) > MANY:
            return None
    return read


def _content(path: Path, most: int) -> str:
    try:
        return _hash(read_file(path, most))
    except (FileNotFoundError, Unreadable) as error:
        return f"{type(error).__name__}: {error}"


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def unchanged(assignment_id: str, students: Iterable[str], sandboxed: bool) -> dict[str, Graded]:
    """The outcomes of those whose submission, assignment and kept result are as they were when they were last graded."""
    noted, found = _noted(assignment_id), {}
    for student in (s for s in students if s in noted):
        before, key = noted[student]
        with suppress(OSError, ValueError, TypeError, KeyError):  # a worker will meet it, and say what it is
            now = fingerprint(hand_in_of(student, assignment_id).folder, assignment_id, sandboxed)
            result = taken(assignment_id, key) if now and now == before else None
            if result is not None:
                found[student] = Graded(student, result, now)
    return found


def note(assignment_id: str, graded: list[Graded]) -> None:
    """Remember what was read for each result that is kept; of everyone else nothing is known."""
    noted = {one.student: (one.fingerprint, one.result.key) for one in graded if one.fingerprint and one.result.key}
    if noted != _noted(assignment_id):
        write_whole(_file(assignment_id), json.dumps(noted, indent=0))


def _noted(assignment_id: str) -> dict[str, tuple[str, str]]:
    try:
        tree = json.loads(_file(assignment_id).read_text(encoding="utf-8"))
        return {student: (before, key) for student, (before, key) in tree.items()}
    except (OSError, ValueError, TypeError, AttributeError):  # not there, or no longer what was written
        return {}


def _file(assignment_id: str) -> Path:
    return GRADEBOOK / "results" / f"{assignment_id}.seen.json"
