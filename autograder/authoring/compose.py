"""Put a submission together from pieces: the released notebook with other sources in its cells.

The pieces lie in ``tests/submissions/<assignment>/{wrong,right}/<exercise>.<name>.py``:
each file is the source of one solution cell.
"""

import copy
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

from autograder.checks import ASSIGNMENTS
from autograder.grading.repair import released_notebook
from autograder.oracle.source import executed, solution_sources
from autograder.paths import ROOT

BANK = ROOT / "tests" / "submissions"


@dataclass(frozen=True)
class Piece:
    """A solution cell's source: of which exercise, what it is called, wrong or right."""

    assignment: str
    exercise: str
    name: str
    source: str


def pieces(assignment_id: str, kind: str) -> list[Piece]:
    """All pieces of an assignment; kind is "wrong" (named after its mistake) or "right"."""
    files = sorted((BANK / assignment_id / kind).glob("*.py"))
    return [_read_piece(assignment_id, file) for file in files]


def _read_piece(assignment_id: str, file: Path) -> Piece:
    exercise, name = file.stem.split(".", 1)
    return Piece(assignment_id, exercise, name, file.read_text(encoding="utf-8"))


def function_of(piece: Piece) -> Callable:
    """The function that a piece defines, beside the reference's other cells."""
    return executed(piece.assignment, solution_sources(piece.assignment) | {piece.exercise: piece.source})[piece.exercise]


def beside(assignment_id: str) -> dict[str, Path]:
    """The bank's files for all that an assignment wants beside the notebook, by name."""
    return {name: BANK / assignment_id / "beside" / name for name in ASSIGNMENTS[assignment_id].files}


def compose(assignment_id: str, sources: dict[str, str], answer: str | None = None) -> NotebookNode:
    """The released notebook with ``sources`` in the solution cells of the exercises named.

    answer: the text for every written question; None leaves them untouched
    """
    notebook = copy.deepcopy(released_notebook(assignment_id))
    by_id = {cell.id: cell for cell in notebook.cells}
    for exercise, source in sources.items():
        by_id[f"exercise-{exercise}".replace("_", "-")].source = source
    for cell in notebook.cells:
        if answer is not None and cell.id.startswith("written-"):
            cell.source = answer
    return notebook


def solved(assignment_id: str, *changed: Piece, answer: str | None = None) -> NotebookNode:
    """The reference's solutions with some cells changed to the given pieces."""
    sources = solution_sources(assignment_id) | {piece.exercise: piece.source for piece in changed}
    return compose(assignment_id, sources, answer)
