"""Which submitted cell is which of ours: by nbgrader's mark, by the cell's id, by what stands in it."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.grading.cells import SubmittedCell, plain_words
from autograder.grading.definitions import Definition, Kind, definitions
from autograder.oracle.source import stub_name

CHECK, EXERCISE, SETUP, WRITTEN = "check-", "exercise-", "setup-", "written-"
CHECK_LINE = re.compile(r"check\(\s*(\w+)\s*,?\s*\)\s*;?")
Release = Mapping[str, NotebookNode]


@dataclass(frozen=True)
class Seen:
    """What a submission's cells say of themselves; cells are numbered from 0.

    cells: the submitted cells; names: the function of each solution cell, by its key
    defined: the definitions of our functions in each cell that is code or claims to be a solution
    claims: the numbers of the cells that are to be one of ours, by its key, in our order
    recognised: how many of ours have no cell with nbgrader's mark, and one that looks like it
    """

    cells: Sequence[SubmittedCell]
    names: Mapping[str, str]
    defined: Mapping[int, tuple[Definition, ...]]
    claims: Mapping[str, list[int]]
    recognised: int


def keyed(release: NotebookNode) -> dict[str, NotebookNode]:
    """The cells of a released notebook that nbgrader knows, by key."""
    return {cell.metadata.nbgrader.grade_id: cell for cell in release.cells if "nbgrader" in cell.metadata}


def function_names(ours: Release) -> dict[str, str]:
    """The function or class of each solution cell, by the cell's key."""
    return {key: stub_name(cell.source) for key, cell in ours.items() if key.startswith(EXERCISE)}


def look(ours: Release, cells: Sequence[SubmittedCell]) -> Seen:
    """Match the submitted cells with ours."""
    names = function_names(ours)
    defined = {
        number: definitions(cell.source, tuple(names.values()))
        for number, cell in enumerate(cells)
        if cell.cell_type == "code" or any(i.startswith(EXERCISE) for i in (cell.grade_id, *cell.ids))
    }
    solving = {n for n, found in defined.items() if any(d.kind is Kind.WRITTEN for d in found)}
    claims: dict[str, list[int]] = defaultdict(list)
    rest = []
    for number, cell in enumerate(cells):
        if cell.grade_id in ours and (cell.grade_id.startswith(EXERCISE) or number not in solving):
            claims[cell.grade_id].append(number)
        else:
            rest.append(number)
    spare = [n for key, ns in claims.items() if key.startswith(CHECK) for n in ns[1:] if _checked(cells[n]) != key]
    marked = set(claims)
    for number in sorted([*rest, *spare]):
        key = _key_by_looks(ours, cells[number], claims, number in solving)
        if key:
            claims[key].append(number)
    return Seen(cells, names, defined, {k: claims[k] for k in ours if k in claims}, len(set(claims) - marked))


def work_in(ours: Release, cells: Sequence[SubmittedCell]) -> tuple[int, bool]:
    """How many functions are written and questions answered, and whether anything of ours is in it at all."""
    seen = look(ours, cells)
    written = {d.name for found in seen.defined.values() for d in found if d.kind > Kind.UNFINISHED}
    answers = sum(
        key.startswith(WRITTEN) and any(is_answered(ours[key], cells[n]) for n in numbers)
        for key, numbers in seen.claims.items()
    )
    anything = any(seen.defined.values()) or any(key.startswith((CHECK, EXERCISE)) for key in seen.claims)
    return len(written) + answers, anything


def is_answered(ours: NotebookNode, theirs: SubmittedCell) -> bool:
    """Whether a question's cell holds more than it did at first."""
    return theirs.words not in ("", plain_words(ours.source))


def _key_by_looks(ours: Release, cell: SubmittedCell, claims: Mapping[str, list[int]], solves: bool) -> str:
    """The key of our cell, not yet found, that this is by its id or its text; empty if it is none."""
    for key in (*cell.ids, _checked(cell)):
        if key in ours and key not in claims and (key.startswith(EXERCISE) or not solves):
            return key
    for key, one in ours.items():
        if key not in claims and key.startswith((SETUP, WRITTEN)) and cell.words == plain_words(one.source):
            return key
    return ""


def _checked(cell: SubmittedCell) -> str:
    """The key of the check that a cell's text is; empty if it is none."""
    lines = [line for line in cell.words.split("\n") if line and not line.startswith("#")]
    match = CHECK_LINE.fullmatch(lines[0]) if len(lines) == 1 else None
    return f"{CHECK}{match[1].replace('_', '-')}" if match else ""
