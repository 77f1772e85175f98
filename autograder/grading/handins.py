"""Who has handed in, and where it lies: every folder under ``gradebook/submitted`` is somebody's.

The usual place is ``submitted/<student>/<assignment>/``. What lies nearly there is found as well; and as
nbgrader takes no student whose name begins or ends with a space, such a folder gets a name that it takes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.checks import ASSIGNMENTS, known_ids
from autograder.grading.naming import DERIVED, MADE_BY_TOOLS, is_notebook, name_distance, stem
from autograder.grading.reading import entries, plain_name, subfolders
from autograder.paths import GRADEBOOK
from unrolled.values.codec import printable

if TYPE_CHECKING:
    from autograder.grading.repair import Submission

SUBMITTED = GRADEBOOK / "submitted"


@dataclass(frozen=True)
class HandIn:
    """What one student handed in.

    student: the name in the gradebook; folder: where it lies; remarks: what is unusual about the two
    """

    student: str
    folder: Path
    remarks: list[str] = field(default_factory=list)


def hand_ins(assignment_id: str) -> list[HandIn]:
    """Everyone who handed in something that is, or may be, of this assignment, by the name in the gradebook."""
    found: dict[str, HandIn] = {}
    folders = [path for path in entries(SUBMITTED) if path.is_dir()]
    for folder in sorted(folders, key=lambda path: (path.name != _plain(path.name), path.name)):
        place = _place(folder, assignment_id)
        if place is not None:
            student = _free_name(_plain(folder.name), found)
            remarks = [f"The student's folder is called {printable(folder.name)!r}; in the gradebook it is {student!r}."]
            found[student] = HandIn(student, place, (remarks if student != folder.name else []) + _of(place, assignment_id))
    return [found[student] for student in sorted(found)]


def hand_in_of(student: str, assignment_id: str) -> HandIn:
    """Where a student's work lies, by the name in the gradebook; the usual place if there is none."""
    folder = SUBMITTED / student
    if student == _plain(student) and folder.is_dir():
        place = _place(folder, assignment_id)
        if place is not None:
            return HandIn(student, place, _of(place, assignment_id))
    usual = HandIn(student, folder / assignment_id)
    return next((one for one in hand_ins(assignment_id) if one.student == student), usual)


def submission_of(student: str, assignment_id: str) -> Submission:
    """A student's work, read and repaired."""
    from autograder.grading.repair import load_submission  # here: to see who handed in, no notebook is read

    found = hand_in_of(student, assignment_id)
    submission = load_submission(found.folder, assignment_id)
    submission.remarks[:0] = found.remarks
    return submission


def usual_to_real(path: Path) -> Path:
    """Where that lies which nbgrader looks for at ``submitted/<student>/<assignment>``."""
    if path.parent.parent != SUBMITTED or path.name not in ASSIGNMENTS:
        return path
    return hand_in_of(path.parent.name, path.name).folder


def handed_in_of() -> list[str]:
    """The assignments of which something lies in a student's folder, by its name or by that of a folder around it."""
    students = [path for path in entries(SUBMITTED) if path.is_dir()]
    things = [p for student in students for place in (student, *subfolders(student)) for p in entries(place)]
    return sorted(one for one in known_ids() if any(_is_for(thing, one) for thing in things))


def overlooked(assignment_id: str) -> list[str]:
    """A sentence on those who handed in nothing for this assignment, and one on files that belong to nobody."""
    nobody = [p.name for p in entries(SUBMITTED) if not p.is_dir()]
    nothing = [p.name for p in entries(SUBMITTED) if p.is_dir() and _place(p, assignment_id) is None]
    sentences = {
        f"Nothing of {assignment_id} was handed in by: ": nothing,
        "These lie in gradebook/submitted outside of any student's folder, and are not graded: ": nobody,
    }
    return [f"{start}{printable(', '.join(names))}." for start, names in sentences.items() if names]


def _plain(name: str) -> str:
    """A folder's name as nbgrader takes it for a student's."""
    return "".join("_" if c in "*?[]" or not c.isprintable() else c for c in printable(name)).strip() or "_"


def _free_name(name: str, taken: dict[str, HandIn]) -> str:
    number = 2
    free = name
    while free in taken:
        free, number = f"{name} ({number})", number + 1
    return free


def _of(place: Path, assignment_id: str) -> list[str]:
    """A remark on a place that is not the usual one."""
    if place.name == assignment_id:
        return []
    if place.parent == SUBMITTED:
        return [f"The work lay in the student's own folder, not in a folder {assignment_id} inside it."]
    return [f"The work lay in the folder {printable(place.name)!r}, not in {assignment_id!r}."]


def _place(student: Path, assignment_id: str) -> Path | None:
    """Where in a student's folder the work for an assignment lies; None if nothing there can be it.

    Of several places the one counts in which most is written, and of equals the one that is called as it should be.
    """
    usual = student / assignment_id
    places = [p for p in entries(student) if _is_for(p, assignment_id)]
    if any(_bare(p.name) != p.name for p in places):  # a notebook or an archive, in no folder of its own
        places = [student, *(p for p in places if p.is_dir())]
    if not places:
        places = [f for f in subfolders(student) if any(_is_for(p, assignment_id) for p in entries(f))]
    if not places:
        return student if _is_anybodys(student) else None
    if len(places) == 1 or student.is_symlink():
        return places[0]
    from autograder.grading.choosing import work_of
    from autograder.grading.matching import keyed
    from autograder.grading.repair import released_notebook

    release = keyed(released_notebook(assignment_id))
    return max(places, key=lambda p: (0 if p.is_symlink() else work_of(p, assignment_id, release), p == usual, p.name))


def _bare(name: str) -> str:
    """The name of a notebook or an archive without its ending, any other as it is."""
    return stem(name) if is_notebook(name) else re.sub(r"\.zip\s*$", "", name, flags=re.IGNORECASE)


def _is_for(path: Path, assignment_id: str) -> bool:
    """Whether an entry's name says that it is a folder, a notebook or an archive of the assignment."""
    distance = name_distance(_bare(path.name), assignment_id)
    return distance <= DERIVED and (path.name == assignment_id or path.is_dir() or _bare(path.name) != path.name)


def _is_anybodys(student: Path) -> bool:
    """Whether something in a student's folder may be of this assignment, as its name says of no other that it is."""
    things = [p for p in entries(student) if plain_name(p.name) not in MADE_BY_TOOLS]
    left = [p for p in things if not any(_is_for(p, other) for other in known_ids())]
    return bool(left) and (left == things or any(p.is_dir() or _bare(p.name) != p.name for p in left))
