"""From whatever was handed in to a clean notebook, with a sentence on each thing repaired.

The released notebook is the skeleton. A student's sources go into its solution cells;
every locked cell and all metadata are ours; other cells of the student's stay where they
were, without tags or metadata. Nothing here raises for a strange submission.
"""

import copy
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.checks import ASSIGNMENTS
from autograder.grading.answers import place_answers
from autograder.grading.beside import handed_in
from autograder.grading.cells import SubmittedCell, free_cell, plain_words
from autograder.grading.choosing import chosen_notebook
from autograder.grading.counting import Matched, that_count
from autograder.grading.matching import CHECK, EXERCISE, SETUP, Release, function_names, keyed, look
from autograder.grading.reading import files_beside
from autograder.oracle.installing import without_install_line
from autograder.paths import EXERCISES

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
    chosen = chosen_notebook(folder, assignment_id, keyed(release), wanted)
    if chosen.problem:
        return Submission(release, chosen.remarks, chosen.problem)
    submission = rebuild(release, chosen.cells)
    submission.files, of_files = files_beside(folder, wanted)
    _, of_the_time = handed_in(folder)
    submission.remarks[:0] = [*chosen.remarks, *of_files, *([of_the_time] if of_the_time else [])]
    submission.remarks[MAX_REMARKS:] = [
        f"There are {n} more remarks." for n in [len(submission.remarks) - MAX_REMARKS] if n > 0
    ]
    return submission


def rebuild(release: NotebookNode, submitted: list[SubmittedCell]) -> Submission:
    """Put the submitted sources into the released skeleton."""
    ours = keyed(release)
    remarks = _metadata_remarks(ours, submitted)
    found = that_count(ours, look(ours, submitted))
    used = place_answers(release, submitted, found)
    remarks += found.remarks
    keys = {number: key for key, number in found.home.items()}
    cells: list[NotebookNode] = []
    anchors: dict[int, NotebookNode] = {}
    for number, theirs in enumerate(submitted):
        if number not in used:
            key = keys.get(number)
            anchors[number] = _merged(ours[key], theirs, remarks) if key else free_cell(theirs, number)
            cells.append(anchors[number])
            if key and key.startswith(SETUP):
                cells += _additions(ours[key], theirs, number, remarks)
    cells = _with_missing(release, cells, found, remarks)
    cells = _setup_in_front(cells, remarks)
    cells = _checks_in_place(cells, {key: anchors[n] for key, n in found.defined.items()}, remarks)
    notebook = nbformat.v4.new_notebook(metadata=copy.deepcopy(release.metadata), cells=cells)
    return Submission(notebook, list(dict.fromkeys(remarks)))


def _metadata_remarks(ours: Release, submitted: list[SubmittedCell]) -> list[str]:
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
    """Our cell with the student's text, if it is one that students write."""
    cell = copy.deepcopy(ours)
    key = ours.metadata.nbgrader.grade_id
    if theirs.cell_type != ours.cell_type:
        remarks.append(f"The cell {key} had been turned into a {theirs.cell_type} cell; it is read as {ours.cell_type}.")
    same = theirs.words == plain_words(ours.source)
    if ours.metadata.nbgrader.solution and not same:
        cell.source = theirs.source
        if theirs.pictures:
            cell.attachments = nbformat.from_dict(theirs.pictures)
    elif ours.cell_type == "code" and _without_our_line(theirs.source) != _without_our_line(ours.source):
        remarks.append(f"The locked cell {key} was changed; the original is used.")
    return cell


def _without_our_line(source: str) -> str:
    """A cell's words without the line on what to install, which another release may not have had."""
    return plain_words(without_install_line(source))


def _additions(ours: NotebookNode, theirs: SubmittedCell, number: int, remarks: list[str]) -> list[NotebookNode]:
    """What a student added to the set-up cell, as a cell behind it; nothing if a line of ours is gone."""
    lines, original = theirs.words.split("\n"), plain_words(ours.source).split("\n")
    added = [line for line in lines if line not in original]
    if not set(original) <= set(lines) or not "".join(added).strip():
        return []
    remarks.append("What was added to the set-up cell stands in a cell of its own behind it.")
    return [free_cell(SubmittedCell("code", "\n".join(added)), number)]


def _key(cell: NotebookNode) -> str:
    return cell.metadata.get("nbgrader", {}).get("grade_id", "")


def _with_missing(
    release: NotebookNode, cells: list[NotebookNode], found: Matched, remarks: list[str]
) -> list[NotebookNode]:
    """Insert every missing cell of the release after the one that stands before it there."""
    names = function_names(keyed(release))
    present = {_key(cell) for cell in cells}
    before = ""
    for ours in (c for c in release.cells if _key(c)):
        key = _key(ours)
        if key not in present:
            cell = copy.deepcopy(ours)
            if key in found.defined:
                cell.source = f"# {names[key]} is defined in a cell with others."
                remarks.append(f"{names[key]} was found in a cell that defines other functions as well.")
            elif ours.cell_type == "code":
                cell.source = MISSING if ours.metadata.nbgrader.solution else ours.source
                remarks.append(f"The cell {key} was missing and has been put back.")
            position = next((i + 1 for i, c in enumerate(cells) if before and _key(c) == before), 0)
            while key.startswith(CHECK) and position < len(cells) and _is_own_code(cells[position]):
                position += 1
            cells.insert(position, cell)
        before = key
    return cells


def _is_own_code(cell: NotebookNode) -> bool:
    return cell.cell_type == "code" and not _key(cell)


def _setup_in_front(cells: list[NotebookNode], remarks: list[str]) -> list[NotebookNode]:
    """Move the set-up cell to the front if code of the notebook stands before it."""
    setup = next((c for c in cells if _key(c).startswith(SETUP)), None)
    if setup is None or not any(c.cell_type == "code" for c in cells[: cells.index(setup)]):
        return cells
    remarks.append(f"The cell {_key(setup)} stood behind other code; it was moved to the front.")
    return [setup, *(c for c in cells if c is not setup)]


def _checks_in_place(cells: list[NotebookNode], defined: dict[str, NotebookNode], remarks: list[str]) -> list[NotebookNode]:
    """Move a check that stands before what it checks behind it and the cells that follow it.

    defined: the key of a solution cell to the cell in which its function is defined
    """
    for check in [c for c in cells if _key(c).startswith(CHECK)]:
        solution = _key(check).replace(CHECK, EXERCISE, 1)
        anchor = defined.get(solution)
        is_it = [c is anchor if anchor is not None else _key(c) == solution for c in cells]
        where = is_it.index(True) if True in is_it else -1
        if where < next(i for i, c in enumerate(cells) if c is check):
            continue
        remarks.append(f"The cell {_key(check)} stood before the solution it checks; it was moved behind it.")
        cells = [c for c in cells if c is not check]
        after = where  # the check stood before it, and is gone
        while after < len(cells) and not _key(cells[after]):
            after += 1
        cells.insert(after, check)
    return cells
