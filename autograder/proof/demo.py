"""A demonstration class: made-up students who hand in real notebooks of every kind.

Their notebooks are put together from the bank of wrong and right submissions, so that the
class shows what a real one does: right, wrong, half done, untouched, tampered with, broken.
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.authoring.compose import beside, compose, solved
from autograder.authoring.pieces import Piece, pieces
from autograder.grading.classroom import GradingError
from autograder.oracle.source import solution_sources
from autograder.paths import GRADEBOOK

ANSWER = "Few sequences get that far, so nothing is learned there; and every further step changes the state."
PREFIX = "demo-"
SHOWN = ("unrolled_net", "rnn", "project")  # the others are graded in the same way, and take their time


def right(assignment_id: str) -> NotebookNode:
    """The reference's own solutions, with an answer."""
    return solved(assignment_id, answer=ANSWER)


def unusual(assignment_id: str) -> NotebookNode:
    """Right answers written in unusual ways, one variant of each exercise."""
    variants = {piece.exercise: piece for piece in reversed(pieces(assignment_id, "right"))}
    return solved(assignment_id, *variants.values(), answer=ANSWER)


def mistaken(number: int) -> Callable[[str], NotebookNode]:
    """One known mistake, the rest right; ``number`` chooses which."""

    def make(assignment_id: str) -> NotebookNode:
        bank = pieces(assignment_id, "wrong")
        return solved(assignment_id, bank[number % len(bank)], answer=ANSWER)

    return make


def several_mistakes(assignment_id: str) -> NotebookNode:
    """A different mistake in every exercise."""
    one_each = {piece.exercise: piece for piece in pieces(assignment_id, "wrong")}
    return solved(assignment_id, *one_each.values(), answer=ANSWER)


def half_done(assignment_id: str) -> NotebookNode:
    """The first half of the exercises solved, the others untouched."""
    sources = list(solution_sources(assignment_id).items())
    return compose(assignment_id, dict(sources[: (len(sources) + 1) // 2]))


def untouched(assignment_id: str) -> NotebookNode:
    return compose(assignment_id, {})


def tampered(assignment_id: str) -> NotebookNode:
    """Unsolved, with every check cell tagged so that nbgrader would skip it, and worth more."""
    notebook = untouched(assignment_id)
    for cell in notebook.cells:
        if cell.id.startswith("check-"):
            cell.metadata["tags"] = ["skip-execution"]
            cell.metadata.nbgrader.points = 100
    return notebook


def crash_in_one_cell(assignment_id: str) -> NotebookNode:
    """All solved, but a cell of the student's own raises an error in between."""
    notebook = right(assignment_id)
    notebook.cells.insert(4, nbformat.v4.new_code_cell("1 / 0  # I wanted to see what happens", id="own-crash"))
    return notebook


def _first_changed(body: str) -> Callable[[str], NotebookNode]:
    """The first exercise has the given body, the others are right."""

    def make(assignment_id: str) -> NotebookNode:
        name, source = next(iter(solution_sources(assignment_id).items()))
        signature = source[: source.index(":\n") + 2]
        return solved(assignment_id, Piece(assignment_id, name, "changed", f"{signature}    {body}\n"), answer=ANSWER)

    return make


STUDENTS: dict[str, Callable[[str], NotebookNode]] = {
    "ada": right,
    "bela": unusual,
    "chidi": mistaken(0),
    "dora": mistaken(4),
    "emil": mistaken(9),
    "farah": mistaken(13),
    "goran": several_mistakes,
    "hana": half_done,
    "ines": untouched,
    "jonas": tampered,
    "kaja": crash_in_one_cell,
    "liam": _first_changed("while True: pass"),
    "mira": _first_changed("import os; os._exit(1)"),
    "nils": _first_changed("return None"),
}


def hand_in_demo_class() -> list[str]:
    """Write every demonstration student's notebooks into ``gradebook/submitted``; returns their names.

    Raises GradingError if other people's submissions are there already.
    """
    submitted = GRADEBOOK / "submitted"
    others = [p.name for p in submitted.glob("*") if p.is_dir() and not p.name.startswith(PREFIX)]
    if others:
        raise GradingError(
            f"gradebook/submitted holds real submissions ({', '.join(sorted(others)[:3])}, …); "
            "the demonstration class is not mixed with them."
        )
    for assignment_id in SHOWN:
        for name, make in STUDENTS.items():
            _hand_in(submitted / f"{PREFIX}{name}" / assignment_id, assignment_id, nbformat.writes(make(assignment_id)))
        _hand_in(submitted / f"{PREFIX}olga" / assignment_id, assignment_id, json.dumps({"cells": "lost"})[:-3])
    return [f"{PREFIX}{name}" for name in [*STUDENTS, "olga"]]


def _hand_in(folder: Path, assignment_id: str, text: str) -> None:
    """Write a notebook and the files beside it, unless the same one lies there already."""
    path = folder / f"{assignment_id}.ipynb"
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    for name, file in beside(assignment_id).items():
        shutil.copyfile(file, folder / name)
