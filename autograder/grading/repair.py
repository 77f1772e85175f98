"""From whatever was handed in to a clean notebook, with a sentence on each thing repaired.

The released notebook is the skeleton. A student's sources go into its solution cells;
every locked cell and all metadata are ours; other cells of the student's stay where they
were, without tags or metadata. Nothing here raises for a strange submission.
"""

import copy
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.checks import ASSIGNMENTS
from autograder.grading.beside import handed_in
from autograder.grading.reading import Unreadable, _read_cells, files_beside, find_notebook
from autograder.oracle.installing import without_install_line
from autograder.paths import EXERCISES
from unrolled.values.codec import printable

MAX_SOURCE = 20_000  # of one cell: colouring and setting longer ones takes minutes
MAX_SOURCES = 150_000  # of all cells that are not ours
MAX_REMARKS = 40
MISSING = "# This cell was missing in the submission."


@dataclass
class Submission:
    """A submission as it will be graded.

    notebook: clean, complete, with our metadata
    remarks: what was repaired or ignored, for the student and the instructor
    problem: empty, or why nothing of it could be read
    files: what the assignment wants beside the notebook, by name, as far as it is there
    """

    notebook: NotebookNode
    remarks: list[str] = field(default_factory=list)
    problem: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


def released_notebook(assignment_id: str) -> NotebookNode:
    """The notebook that students got."""
    return nbformat.read(EXERCISES / assignment_id / f"{assignment_id}.ipynb", as_version=4)


def load_submission(folder: Path, assignment_id: str) -> Submission:
    """Find, read and repair what lies in a submission's folder; a problem is reported, never raised."""
    release = released_notebook(assignment_id)
    if folder.is_symlink() or folder.parent.is_symlink():
        return Submission(release, [], "The submission's folder is a link; hand in the folder itself.")
    wanted = ASSIGNMENTS[assignment_id].files
    path, remarks = find_notebook(folder, assignment_id, wanted)
    if path is None:
        return Submission(release, remarks, f"There is no notebook called {assignment_id}.ipynb in the submission.")
    try:
        cells = [_clean_cell(cell) for cell in _read_cells(path)]
    except Unreadable as error:
        return Submission(release, remarks, str(error))
    remarks += _cut(cells)
    submission = rebuild(release, cells)
    submission.files, of_files = files_beside(folder, wanted)
    remarks += of_files
    _, of_the_time = handed_in(folder)
    submission.remarks[:0] = [*remarks, of_the_time] if of_the_time else remarks
    submission.remarks[MAX_REMARKS:] = [
        f"There are {n} more remarks." for n in [len(submission.remarks) - MAX_REMARKS] if n > 0
    ]
    return submission


def _cut(cells: list["SubmittedCell"]) -> list[str]:
    """Cut sources that are too long, and leave out those behind the first that are too long together."""
    found, left = [], MAX_SOURCES
    for cell in cells:
        allowed = min(MAX_SOURCE, left)
        if len(cell.source) > allowed:
            cell.source = cell.source[:allowed]
            found.append(f"More than {MAX_SOURCE:,} characters in a cell, or {MAX_SOURCES:,} in all, are cut off.")
        left -= len(cell.source)
    return found[:1]


@dataclass
class SubmittedCell:
    """What is taken from a student's cell: its source, its type, and the id it claims."""

    cell_type: str
    source: str
    claimed: dict[str, Any]
    tags: list[str]

    @property
    def grade_id(self) -> str:
        return _text(self.claimed.get("grade_id"))


def _clean_cell(cell: Any) -> SubmittedCell:
    if not isinstance(cell, dict):
        return SubmittedCell("raw", "", {}, [])
    source = cell.get("source", "")
    text = "".join(map(_text, source)) if isinstance(source, list) else _text(source)
    text = printable(text[: 2 * MAX_SOURCE])
    metadata = _dict(cell.get("metadata"))
    tags = metadata.get("tags")
    named = [printable(_text(tag)[:40]) for tag in tags[:10]] if isinstance(tags, list) else []
    kind = _text(cell.get("cell_type"))
    return SubmittedCell(kind if kind in ("code", "markdown") else "raw", text, _dict(metadata.get("nbgrader")), named)


def _text(value: Any) -> str:
    """The value if it is a text, else none: writing out what is nested almost too deep would break."""
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def rebuild(release: NotebookNode, submitted: list[SubmittedCell]) -> Submission:
    """Put the submitted sources into the released skeleton."""
    ours = {cell.metadata.nbgrader.grade_id: cell for cell in release.cells if "nbgrader" in cell.metadata}
    remarks = _metadata_remarks(ours, submitted)
    cells: list[NotebookNode] = []
    seen: set[str] = set()
    for number, theirs in enumerate(submitted):
        key = theirs.grade_id
        if key in ours and key not in seen:
            seen.add(key)
            cells.append(_merged(ours[key], theirs, remarks))
        else:
            if key in seen:
                remarks.append(f"The cell {key} appears more than once; the first one counts.")
            cells.append(_free_cell(theirs, number))
    cells = _with_missing(release, cells, remarks)
    cells = _setup_in_front(cells, remarks)
    cells = _checks_in_place(cells, remarks)
    notebook = nbformat.v4.new_notebook(metadata=copy.deepcopy(release.metadata), cells=cells)
    return Submission(notebook, list(dict.fromkeys(remarks)))


def _metadata_remarks(ours: dict[str, NotebookNode], submitted: list[SubmittedCell]) -> list[str]:
    """One sentence for each tag and each changed setting, with the number of cells."""
    found: Counter[str] = Counter()
    for theirs in submitted:
        found.update(f"The tag {tag!r}" for tag in set(theirs.tags))
        if theirs.grade_id in ours:
            original = ours[theirs.grade_id].metadata.nbgrader
            found.update(
                f"A change of the setting {name!r}"
                for name in ("points", "schema_version", "grade", "solution", "locked")
                if name in theirs.claimed and theirs.claimed[name] != original.get(name)
            )
    return [f"{what} on {n} cell{'s' if n > 1 else ''} is ignored." for what, n in found.items()]


def _merged(ours: NotebookNode, theirs: SubmittedCell, remarks: list[str]) -> NotebookNode:
    cell = copy.deepcopy(ours)
    key = theirs.grade_id
    if theirs.cell_type != ours.cell_type:
        remarks.append(f"The cell {key} had been turned into a {theirs.cell_type} cell; it is read as {ours.cell_type}.")
    if ours.metadata.nbgrader.solution:
        cell.source = theirs.source
    elif without_install_line(theirs.source) != without_install_line(ours.source) and ours.cell_type == "code":
        remarks.append(f"The locked cell {key} was changed; the original is used.")
    return cell


def _free_cell(theirs: SubmittedCell, number: int) -> NotebookNode:
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }[theirs.cell_type]
    return make(theirs.source, id=f"own-{number}")


def _key(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _with_missing(release: NotebookNode, cells: list[NotebookNode], remarks: list[str]) -> list[NotebookNode]:
    """Insert every missing cell of the release after the one that stands before it there."""
    present = {_key(cell) for cell in cells}
    before = ""
    for ours in release.cells:
        key = _key(ours)
        if not key:
            continue
        if key not in present:
            cell = copy.deepcopy(ours)
            if ours.metadata.nbgrader.solution:
                cell.source = MISSING if ours.cell_type == "code" else ""
            if ours.cell_type == "code":
                remarks.append(f"The cell {key} was missing and has been put back.")
            position = next((i + 1 for i, c in enumerate(cells) if before and _key(c) == before), 0)
            cells.insert(position, cell)
        before = key
    return cells


def _setup_in_front(cells: list[NotebookNode], remarks: list[str]) -> list[NotebookNode]:
    """Move the set-up cell to the front if code of the notebook stands before it."""
    setup = next((c for c in cells if _key(c).startswith("setup-")), None)
    if setup is None or not any(c.cell_type == "code" for c in cells[: cells.index(setup)]):
        return cells
    remarks.append(f"The cell {_key(setup)} stood behind other code; it was moved to the front.")
    return [setup, *(c for c in cells if c is not setup)]


def _checks_in_place(cells: list[NotebookNode], remarks: list[str]) -> list[NotebookNode]:
    """Move a check that stands before its solution cell behind it and the cells that follow it."""
    for check in [c for c in cells if _key(c).startswith("check-")]:
        solution = _key(check).replace("check-", "exercise-", 1)
        where = {_key(c): i for i, c in enumerate(cells) if _key(c)}
        if solution not in where or where[solution] < where[_key(check)]:
            continue
        remarks.append(f"The cell {_key(check)} stood before the solution it checks; it was moved behind it.")
        cells = [c for c in cells if c is not check]
        after = next(i for i, c in enumerate(cells) if _key(c) == solution) + 1
        while after < len(cells) and not _key(cells[after]):
            after += 1
        cells.insert(after, check)
    return cells
