"""Which of the files of a submission is the notebook: what is in them counts more than what they are called."""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from autograder.grading.cells import SubmittedCell, clean_cells
from autograder.grading.matching import Release, work_in
from autograder.grading.naming import ALIKE, BELOW, EXPECTED, MADE_BY_TOOLS, is_notebook, name_distance, stem
from autograder.grading.reading import MAX_FILE, Unreadable, cells_in, entries, plain_name, read_cells, subfolders
from unrolled.values.codec import printable

MAX_NOTEBOOKS = 8  # that are opened
MAX_MEMBERS = 2_000  # of an archive, that are looked at


@dataclass
class Chosen:
    """The notebook that counts: its cells, what there is to say, and a problem if there is none."""

    cells: list[SubmittedCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    problem: str = ""


@dataclass
class Candidate:
    """A file that may be the notebook: what it is called, how near that is to the right name, and what it holds.

    work: how many functions are written and questions answered in it; ours: whether anything in it is of the assignment
    problem: why it cannot be read, if so
    """

    name: str
    distance: int
    read: Callable[[], list[Any]]
    cells: list[SubmittedCell] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    work: int = 0
    ours: bool = False
    problem: str = ""

    def open(self, release: Release) -> "Candidate":
        """Read the file and look what is in it."""
        try:
            self.cells, self.remarks = clean_cells(self.read())
        except Unreadable as error:
            self.problem = str(error)
        else:
            self.work, self.ours = work_in(release, self.cells)
        return self


def chosen_notebook(folder: Path, assignment_id: str, release: Release, wanted: Iterable[str] = ()) -> Chosen:
    """The notebook in which most is written, and of equals the one that is called as it should be.

    wanted: names of other files that belong to the assignment
    """
    expected = f"{assignment_id}.ipynb"
    found = sorted(_candidates(folder, assignment_id), key=lambda one: (one.distance, one.name))
    opened = [one.open(release) for one in found[:MAX_NOTEBOOKS]]
    usable = [one for one in opened if not one.problem and (one.ours or one.distance == EXPECTED)]
    usable.sort(key=lambda one: (-one.work, one.distance))
    if not usable:
        broken = [one for one in opened if one.problem]
        problem = broken[0].problem if broken else _none(folder, expected, [one.name for one in opened])
        return Chosen([], [], problem)
    best = usable[0]
    equal = [one.name for one in usable if (one.work, one.distance) == (best.work, best.distance)]
    if len(equal) > 1:
        named = " and ".join(equal[:5])
        problem = f"There is no notebook called {expected} in the submission, and nothing tells which of {named} counts."
        return Chosen([], [], problem)
    remarks = [*_said(best, opened, expected), *best.remarks]
    if len(found) > MAX_NOTEBOOKS:
        remarks.append(f"Of {len(found)} notebooks only {MAX_NOTEBOOKS} were opened.")
    others = _others(folder, {best.name.split("/")[0], *wanted})
    if others:
        remarks.append(f"Other files are not used: {printable(', '.join(others[:5]))}.")
    return Chosen(best.cells, remarks)


def work_of(folder: Path, assignment_id: str, release: Release) -> int:
    """The most that is written in any notebook of a folder; -1 if nothing in it is of the assignment."""
    found = sorted(_candidates(folder, assignment_id), key=lambda one: (one.distance, one.name))[:MAX_NOTEBOOKS]
    return max((one.work for one in found if one.open(release).ours), default=-1)


def listed(folder: Path) -> str:
    """What lies in a folder, in words."""
    names = _others(folder, set())
    more = f" and {len(names) - 5} more" if len(names) > 5 else ""
    return printable(", ".join(names[:5])) + more if names else "nothing"


def _candidates(folder: Path, assignment_id: str) -> Iterator[Candidate]:
    expected = f"{assignment_id}.ipynb"
    for place, farther in [(folder, 0), *((f, BELOW) for f in subfolders(folder))]:
        for path in entries(place):
            name = str(path.relative_to(folder))
            if is_notebook(path.name) and (not path.is_dir() or path.name == expected):
                distance = EXPECTED if path.name == expected else max(ALIKE, name_distance(stem(path.name), assignment_id))
                yield Candidate(printable(name), farther + distance, partial(read_cells, path))
            elif plain_name(path.name).endswith(".zip") and path.is_file() and not path.is_symlink():
                yield from _in_archive(path, name, farther, assignment_id)


def _in_archive(path: Path, name: str, farther: int, assignment_id: str) -> Iterator[Candidate]:
    """The notebooks in a zip archive that is not too large; packed by a usual method, nothing is unpacked but these."""
    try:
        if path.stat().st_size > MAX_FILE:
            return
        with zipfile.ZipFile(path) as archive:
            members = [m for m in archive.infolist()[:MAX_MEMBERS] if is_notebook(m.filename) and not _hidden(m.filename)]
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile, EOFError):
        return
    for member in members:
        distance = max(ALIKE, name_distance(stem(Path(member.filename).name), assignment_id))
        shown = printable(f"{name}/{member.filename}"[:200])
        yield Candidate(shown, farther + BELOW + distance, partial(_unpacked, path, member, shown))


def _hidden(member: str) -> bool:
    return any(part.startswith(".") or part == "__MACOSX" for part in member.split("/"))


def _unpacked(path: Path, member: zipfile.ZipInfo, name: str) -> list[Any]:
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or member.flag_bits & 1:
        raise Unreadable(f"{name} cannot be unpacked; hand in the notebook's file itself.")
    try:
        with zipfile.ZipFile(path) as archive, archive.open(member) as file:
            raw = file.read(MAX_FILE + 1)
    except (OSError, ValueError, NotImplementedError, zipfile.BadZipFile, EOFError, zlib.error, RuntimeError) as error:
        raise Unreadable(f"{name} cannot be unpacked; hand in the notebook's file itself.") from error
    if len(raw) > MAX_FILE:
        raise Unreadable(f"{name} is larger than {MAX_FILE // 10**6} MB.")
    return cells_in(raw, name)


def _none(folder: Path, expected: str, notebooks: list[str]) -> str:
    """That there is no notebook, and what there is."""
    other = f" Nothing of {stem(expected)} was found in {', '.join(notebooks[:5])}." if notebooks else ""
    return f"There is no notebook called {expected} in the submission; what lies there: {listed(folder)}.{other}"


def _said(best: Candidate, opened: list[Candidate], expected: str) -> list[str]:
    """That the notebook has another name, or was taken although another one has the right name."""
    remarks = [f"{one.problem} It is not used." for one in opened if one.problem]
    right = next((one for one in opened if one.distance == EXPECTED and one is not best and not one.problem), None)
    if right is not None:
        remarks.append(
            f"{best.name} is graded and not {expected}: it holds {best.work} functions and answers, the other {right.work}."
        )
    elif best.distance != EXPECTED:
        remarks.append(f"The notebook was handed in as {best.name}, not as {expected}.")
    if not best.ours:
        remarks.append(f"Nothing of {stem(expected)} was found in {best.name}.")
    return remarks


def _others(folder: Path, used: set[str]) -> list[str]:
    return [p.name for p in entries(folder) if p.name not in used and plain_name(p.name) not in MADE_BY_TOOLS]
