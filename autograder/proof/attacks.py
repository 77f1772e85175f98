"""The bank of hostile submissions: what an attack is, and pieces to make attacks from."""

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.authoring.compose import compose, solved
from autograder.authoring.pieces import BANK
from autograder.checks import ASSIGNMENTS

ASSIGNMENT = "rnn"
FULL = sum(e.points for e in ASSIGNMENTS[ASSIGNMENT].exercises)
CANARY = "CANARY"
MARK = "unrolled-hostile"  # in the names of all that attacks leave behind
NEIGHBOURS = ("aaa-neighbour", "mmm-neighbour", "zzz-neighbour")

Content = NotebookNode | str | bytes | None


@dataclass(frozen=True)
class Attack:
    """One attack.

    tries, must: one line each; points: what the honest part of the work earns, exactly
    says: a pattern for words that the recorded outcome has to hold, for a person who asks what happened
    hand_in: writes into the submission's folder, or returns the notebook's content
    """

    name: str
    theme: str
    tries: str
    must: str
    points: int
    says: str
    hand_in: Callable[[Path], Content]


ATTACKS: dict[str, Attack] = {}


def attack(tries: str, must: str, points: int = 0, says: str = "") -> Callable:
    """Enter the function into the bank, under its own name."""

    def enter(function: Callable[[Path], Content]) -> Callable[[Path], Content]:
        name = function.__name__.replace("_", "-")
        assert name not in ATTACKS, name
        theme = Path(function.__code__.co_filename).stem.replace("_", " ")
        ATTACKS[name] = Attack(name, theme, tries, must, points, says, function)
        return function

    return enter


def load_bank() -> dict[str, Attack]:
    """Every attack by its name."""
    if not ATTACKS:
        for path in sorted((BANK / "hostile").glob("*.py")):
            spec = importlib.util.spec_from_file_location(f"hostile_{path.stem}", path)
            assert spec is not None and spec.loader is not None
            spec.loader.exec_module(importlib.util.module_from_spec(spec))
    return ATTACKS


def without_real_cells(notebook: NotebookNode) -> NotebookNode:
    """The notebook without the cells that work on real data, which take seconds and earn nothing."""
    notebook.cells = [c for c in notebook.cells if not c.id.startswith("real-")]
    return notebook


def honest() -> NotebookNode:
    """All solved, with an answer."""
    return without_real_cells(solved(ASSIGNMENT, answer="An honest answer."))


def unsolved() -> NotebookNode:
    """As it was released."""
    return without_real_cells(compose(ASSIGNMENT, {}))


def with_cell(notebook: NotebookNode, source: str, position: int = 2) -> NotebookNode:
    """The notebook with one more cell, by default right behind the set-up."""
    notebook.cells.insert(position, nbformat.v4.new_code_cell(source, id=f"own-{position}-{len(notebook.cells)}"))
    return notebook


def with_body(notebook: NotebookNode, exercise: str, body: str) -> NotebookNode:
    """The notebook with another body of one exercise; ``body`` is not indented."""
    cell = cell_of(notebook, f"exercise-{exercise}")
    indented = "\n".join(f"    {line}" for line in body.strip("\n").splitlines())
    signature = cell.source[: cell.source.index(":\n") + 2]
    cell.source = f"{signature}{indented}\n"
    return notebook


def cell_of(notebook: NotebookNode, key: str) -> NotebookNode:
    """The cell with an id such as ``check-rnn_step``."""
    return next(c for c in notebook.cells if c.id == key.replace("_", "-"))


def checks_of(notebook: NotebookNode) -> list[NotebookNode]:
    return [c for c in notebook.cells if c.id.startswith("check-")]
