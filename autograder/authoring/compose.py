"""Put a submission together from pieces: the released notebook with other sources in its cells."""

import copy
from pathlib import Path

from nbformat import NotebookNode

from autograder.authoring.pieces import BANK, Piece
from autograder.checks import ASSIGNMENTS
from autograder.grading.repair import released_notebook
from autograder.oracle.source import solution_sources


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
