"""The bank of submissions, piece by piece: ``tests/submissions/<assignment>/{wrong,right}/<exercise>.<name>.py``.

Each file is the source of one solution cell.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
