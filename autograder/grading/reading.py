"""Read what lies in a submission's folder: ordinary files of a bounded size, and nothing else."""

import json
import os
import stat
import unicodedata
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

from unrolled.values.codec import printable

MAX_FILE = 20_000_000
MAX_CELLS = 1_000
MAX_ENTRIES = 20_000  # of a folder, that are looked at
MAX_SUBFOLDERS = 20


class Unreadable(Exception):
    """The file is no notebook; the message is a sentence for student and instructor."""


def files_beside(folder: Path, wanted: Mapping[str, int]) -> tuple[dict[str, bytes], list[str]]:
    """The files that an assignment wants beside the notebook, and a remark on each that cannot be had.

    An empty file stands for one of these, so that a notebook which makes it anew if it is missing does not begin to.
    wanted: the largest size in bytes by name
    """
    found: dict[str, bytes] = {}
    remarks = []
    for name, most in wanted.items():
        found[name] = b""
        path = _place_of(folder, name)
        if path != folder / name:
            remarks.append(f"The file {name} was found as {printable(str(path.relative_to(folder)))}.")
        try:
            found[name] = read_file(path, most)
        except FileNotFoundError:
            remarks.append(f"There is no file {name} in the submission.")
        except Unreadable as error:
            remarks.append(f"{error} It is not used.")
    return found, remarks


def _place_of(folder: Path, name: str) -> Path:
    """Where a file lies: under its name, or else the only one whose name differs in case and spaces, also a folder down."""
    if os.path.lexists(folder / name):
        return folder / name
    places = [folder, *subfolders(folder)]
    same = [e for place in places for e in entries(place) if plain_name(e.name) == plain_name(name)]
    return same[0] if len(same) == 1 else folder / name


def plain_name(name: str) -> str:
    """A name for comparing: without case, without spaces at its ends, one form of each character."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def entries(folder: Path) -> list[Path]:
    """What lies in a folder, sorted, up to a number; nothing if it is no folder or cannot be read."""
    try:
        with os.scandir(folder) as found:
            return sorted(folder / entry.name for entry in islice(found, MAX_ENTRIES) if not entry.name.startswith("."))
    except OSError:
        return []


def subfolders(folder: Path) -> list[Path]:
    """The folders in a folder, links left aside, up to a number."""
    return [path for path in entries(folder) if path.is_dir() and not path.is_symlink()][:MAX_SUBFOLDERS]


def read_file(path: Path, most: int) -> bytes:
    """The bytes of an ordinary file of ``most`` bytes at most.

    Raises FileNotFoundError if it is not there and Unreadable if it is anything else.
    """
    name = printable(path.name)
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise Unreadable(f"{name} is a link or cannot be opened; hand in the file itself.") from error
    try:
        return _read_ordinary_file(descriptor, name, most)
    finally:
        os.close(descriptor)


def read_cells(path: Path) -> list[Any]:
    """The cells of a notebook's file.

    Raises Unreadable if it is none.
    """
    name = printable(path.name)
    try:
        raw = read_file(path, MAX_FILE)
    except FileNotFoundError as error:
        raise Unreadable(f"{name} cannot be opened; hand in the notebook's file itself.") from error
    return cells_in(raw, name)


def cells_in(raw: bytes, name: str) -> list[Any]:
    """The cells of a notebook from the bytes of its file; format 3 has them on worksheets.

    Raises Unreadable, with ``name``, if it is none.
    """
    try:
        content = _parsed(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is not a readable notebook: its JSON is broken.") from error
    cells = content.get("cells") if isinstance(content, dict) else None
    if cells is None and isinstance(content, dict) and isinstance(content.get("worksheets"), list):
        sheets = [sheet.get("cells") for sheet in content["worksheets"] if isinstance(sheet, dict)]
        cells = [cell for sheet in sheets if isinstance(sheet, list) for cell in sheet] or None
    if not isinstance(cells, list):
        raise Unreadable(f"{name} is not a notebook of format 4: it has no list of cells.")
    if len(cells) > MAX_CELLS:
        raise Unreadable(f"{name} has more than {MAX_CELLS} cells.")
    return cells


def _parsed(raw: bytes) -> Any:
    """The JSON in ``raw``, read in a thread of its own: there it is always at the same depth that reading breaks."""
    with ThreadPoolExecutor(1) as fresh:
        return fresh.submit(json.loads, raw).result()


def _read_ordinary_file(descriptor: int, name: str, most: int) -> bytes:
    status = os.fstat(descriptor)
    if not stat.S_ISREG(status.st_mode):
        raise Unreadable(f"{name} is not an ordinary file; hand in the file itself.")
    if status.st_size > most:
        advice = "; clear its outputs and hand it in again" if name.endswith(".ipynb") else ""
        raise Unreadable(f"{name} is larger than {most // 10**6} MB{advice}.")
    with os.fdopen(descriptor, "rb", closefd=False) as file:
        return file.read(most)
