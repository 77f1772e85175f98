"""Is a check any good? Every exercise is met with wrong answers, by hand and by machine, and with right ones.

``measure`` gives one row of the table that the book publishes in ``grading_quality``:
how many wrong submissions of the bank fail, how many of them by their own name, how many
mutants of the reference are found out, and how many right submissions are accepted.
"""

import json
import os
import tomllib
import warnings
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field
from functools import cache
from multiprocessing import get_context
from typing import Any

from rich.table import Table

from autograder.authoring.pieces import BANK, Piece, pieces
from autograder.checks import ASSIGNMENTS
from autograder.checks.spec import Assignment, Exercise
from autograder.paths import ROOT
from autograder.proof import checks as proofs
from autograder.proof import scores
from autograder.proof.ledger import Ledger

PUBLISHED = ROOT / "book" / "data" / "quality.json"
RIGHT_SEEDS = range(100)  # the tests take some of them


@dataclass(frozen=True)
class Survivor:
    """A mutant with full marks, and why no check could fail it ("" if nobody has said why)."""

    line: int
    change: str
    reason: str


@dataclass
class Quality:
    """One exercise's row: counts of submissions, and the mutants that survived.

    mutants: those that return something; crashed: those that only raise errors, and so fail by themselves
    """

    assignment: str
    exercise: str
    points: int
    behaviours: int
    misconceptions: int
    wrong: int = 0
    failed: int = 0
    labelled: int = 0
    mutants: int = 0
    killed: int = 0
    crashed: int = 0
    survivors: list[Survivor] = field(default_factory=list)
    right: int = 0
    accepted: int = 0


def measure(assignment: Assignment, exercise: Exercise, ledger: Ledger) -> Quality:
    """The row of one exercise, from its bank of submissions and its mutants; what the ledger has is taken from there."""
    row = Quality(assignment.id, exercise.name, exercise.points, len(exercise.behaviours), len(exercise.misconceptions))
    count_wrong(row, assignment, exercise, ledger)
    count_mutants(row, assignment, exercise, ledger)
    count_right(row, assignment, exercise)
    return row


def count_wrong(row: Quality, assignment: Assignment, exercise: Exercise, ledger: Ledger) -> None:
    """Wrong submissions fail if they lose points with every seed; labelled are those with their own name first."""
    for piece in _pieces_of(assignment, exercise, "wrong"):
        outcomes = ledger.verdict(proofs.wrong(assignment, piece))
        row.wrong += 1
        row.failed += all(points < out_of for points, out_of, *_ in outcomes)
        row.labelled += all(named == [label(piece)] for _, _, *named in outcomes)


def count_mutants(row: Quality, assignment: Assignment, exercise: Exercise, ledger: Ledger) -> None:
    """A mutant is killed if it loses points with every seed; one that does not end is given up after the first."""
    explained = explanations(assignment.id).get(exercise.name, {})
    found = ledger.verdict(proofs.changed(assignment, exercise))
    row.mutants, row.killed, row.crashed = found["mutants"], found["killed"], found["crashed"]
    row.survivors = [Survivor(line, change, explained.get(change, "")) for line, change in found["survivors"]]


def count_right(row: Quality, assignment: Assignment, exercise: Exercise) -> None:
    """Right submissions are accepted if they have full marks with every seed."""
    for piece in _pieces_of(assignment, exercise, "right"):
        row.right += 1
        row.accepted += scores.right(assignment, piece, RIGHT_SEEDS) == [[exercise.points, exercise.points]]


def _pieces_of(assignment: Assignment, exercise: Exercise, kind: str) -> list[Piece]:
    return [p for p in pieces(assignment.id, kind) if p.exercise == exercise.name]


def label(piece: Piece) -> str:
    """The mistake that a wrong submission is named after."""
    return piece.name.split("-")[0]


def measure_all(exercises: list[tuple[Assignment, Exercise]], tick: Callable[[], None]) -> list[Quality]:
    """The rows of many exercises, measured side by side, in the order given; ``tick`` is called after each."""
    rows = {}
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn")) as pool:
        futures = {pool.submit(_measure_named, a.id, e.name): e.name for a, e in exercises}
        for future in as_completed(futures):
            rows[futures[future]] = future.result()
            tick()
    return [rows[e.name] for _, e in exercises]


def _measure_named(assignment_id: str, name: str) -> Quality:
    warnings.simplefilter("ignore")  # mutants warn of much
    assignment = ASSIGNMENTS[assignment_id]
    return measure(assignment, assignment.exercise(name), Ledger(seed=name))


def quality_table(rows: list[Quality]) -> Table:
    """The rows for a terminal."""
    table = Table(title="How good the checks are")
    for column in ("exercise", "wrong: failed", "labelled", "mutants: killed", "equivalent", "crashed", "right: accepted"):
        table.add_column(column, justify="left" if column == "exercise" else "right")
    for row in rows:
        table.add_row(
            row.exercise,
            f"{row.failed}/{row.wrong}",
            f"{row.labelled}/{row.wrong}",
            f"{row.killed}/{row.mutants}",
            str(sum(bool(s.reason) for s in row.survivors)),
            str(row.crashed),
            f"{row.accepted}/{row.right}",
        )
    return table


@cache
def explanations(assignment_id: str) -> dict[str, dict[str, str]]:
    """Why a surviving mutant is right all the same: exercise to change to reason, from ``equivalent.toml``."""
    path = BANK / assignment_id / "equivalent.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def to_json(rows: list[Quality]) -> str:
    """The rows as the text of the published file."""
    return json.dumps([asdict(row) for row in rows], indent=1) + "\n"


def published() -> dict[str, dict[str, Any]]:
    """The published rows by exercise."""
    return {row["exercise"]: row for row in json.loads(PUBLISHED.read_text(encoding="utf-8"))}
