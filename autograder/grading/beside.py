"""What students put beside their notebook, where nbgrader would read it: nothing of it is opened unseen.

nbgrader takes the time of handing in from ``timestamp.txt``, which ``nbgrader collect`` writes there; in a
folder that came another way a student may have made it, as a pipe that is never filled or a file without
end. It also walks through all folders, however deep. ``guard`` mends both for whatever nbgrader does here.
"""

import os
import re
import stat
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import nbgrader.converters.base
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import find_all_files, parse_utc

NAME = "timestamp.txt"
TIME = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?( ?[A-Za-z]{1,5}| ?[+-]\d\d:?\d\d|)")

NO_TIME = f"{NAME} holds no time; none is recorded for the handing in."


def handed_in(folder: Path) -> tuple[datetime | None, str]:
    """The time of handing in, if there is one, and a remark if a file of that name holds none."""
    try:
        descriptor = os.open(folder / NAME, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None, ""
    except OSError:
        return None, NO_TIME
    try:
        ordinary = stat.S_ISREG(os.fstat(descriptor).st_mode)
        text = os.read(descriptor, 100).decode(errors="replace").strip() if ordinary else ""
    finally:
        os.close(descriptor)
    try:
        return (parse_utc(text), "") if TIME.fullmatch(text) else (None, NO_TIME)
    except (ValueError, OverflowError):
        return None, NO_TIME


def guard(real: Callable[[Path], Path]) -> None:
    """Let nbgrader read times as above, and walk through no folder of which it ignores every file.

    real: gives the place where a submission lies for the one where nbgrader looks for it
    """
    CourseDirectory.get_existing_timestamp = lambda _self, path: handed_in(real(Path(path)))[0]
    nbgrader.converters.base.find_all_files = _files_that_count


def _files_that_count(path: str, exclude: list[str]) -> list[str]:
    return [] if "*" in exclude else find_all_files(path, exclude)
