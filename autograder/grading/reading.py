"""Read what lies in a submission's folder: ordinary files of a bounded size, and nothing else."""

import json
import os
import stat
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from unrolled.values.codec import printable

MAX_FILE = 20_000_000


MAX_CELLS = 1_000


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
        try:
            found[name] = _read_file(folder / name, most)
        except FileNotFoundError:
            remarks.append(f"There is no file {name} in the submission.")
        except Unreadable as error:
            remarks.append(f"{error} It is not used.")
    return found, remarks


def find_notebook(folder: Path, assignment_id: str, wanted: Iterable[str] = ()) -> tuple[Path | None, list[str]]:
    """The notebook file in a submission's folder, and remarks on its name and on other files than those wanted."""
    expected = folder / f"{assignment_id}.ipynb"
    names = sorted(p.name for p in folder.iterdir()) if folder.is_dir() else []
    others = [n for n in names if n not in (expected.name, "timestamp.txt", *wanted) and not n.startswith(".")]
    if expected.name in names:
        return expected, [f"Other files are not used: {printable(', '.join(others[:5]))}."] if others else []
    notebooks = [n for n in others if n.endswith(".ipynb")]
    if len(notebooks) == 1:
        return folder / notebooks[0], [f"The notebook was handed in as {printable(notebooks[0])}, not as {expected.name}."]
    return None, []


def _read_file(path: Path, most: int) -> bytes:
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


def _read_cells(path: Path) -> list[Any]:
    name = printable(path.name)
    try:
        raw = _read_file(path, MAX_FILE)
    except FileNotFoundError as error:
        raise Unreadable(f"{name} cannot be opened; hand in the notebook's file itself.") from error
    try:
        content = _parsed(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is not a readable notebook: its JSON is broken.") from error
    cells = content.get("cells") if isinstance(content, dict) else None
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
