"""Is a check any good? Every exercise is met with wrong answers, by hand and by machine, and with right ones.

``measure`` gives one row of the table that the book publishes in ``grading_quality``:
how many wrong submissions of the bank fail, how many of them by their own name, how many
mutants of the reference are found out, and how many right submissions are accepted.
"""

import json
import os
import tomllib
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from multiprocessing import get_context
from typing import Any

import numpy as np
from rich.table import Table

from autograder.authoring.compose import BANK, Piece, function_of, pieces
from autograder.checks import ASSIGNMENTS
from autograder.checks.spec import Assignment, Exercise
from autograder.oracle.questions import draw_bank
from autograder.oracle.source import executed, solution_sources
from autograder.paths import ROOT
from autograder.proof.mutants import Mutant, mutants
from unrolled.calls.limits import TimeLimit, time_limit
from unrolled.calls.probes import TIME_LIMIT, Answer, Observation, observe, read_answer
from unrolled.judging.bank import Answers, Bank, Verdict
from unrolled.judging.judge import ask_all, judge

PUBLISHED = ROOT / "book" / "data" / "quality.json"
WRONG_SEEDS = range(5)
RIGHT_SEEDS = range(100)
MUTANT_SEEDS = range(3)
SECONDS = 5.0  # for one call: right answers take milliseconds, but the machine may be busy
MUTANT_SECONDS = 1.0


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


def measure(assignment: Assignment, exercise: Exercise) -> Quality:
    """The row of one exercise, from its bank of submissions and its mutants."""
    row = Quality(assignment.id, exercise.name, exercise.points, len(exercise.behaviours), len(exercise.misconceptions))
    count_wrong(row, assignment, exercise)
    count_mutants(row, assignment, exercise)
    count_right(row, assignment, exercise)
    return row


def count_wrong(row: Quality, assignment: Assignment, exercise: Exercise) -> None:
    """Wrong submissions fail if they lose points with every seed; labelled are those with their own name first."""
    for piece in _pieces_of(assignment, exercise, "wrong"):
        function = function_of(piece)
        verdicts = [judged(function, drawn(assignment, exercise, seed)) for seed in WRONG_SEEDS]
        row.wrong += 1
        row.failed += not any(v.passed for v in verdicts)
        row.labelled += all([m.key for m in v.mistakes][:1] == [label(piece)] for v in verdicts)


def count_right(row: Quality, assignment: Assignment, exercise: Exercise) -> None:
    """Right submissions are accepted if they have full marks with every seed."""
    for piece in _pieces_of(assignment, exercise, "right"):
        function = function_of(piece)
        row.right += 1
        row.accepted += all(judged(function, drawn(assignment, unnamed(exercise), seed)).passed for seed in RIGHT_SEEDS)


def count_mutants(row: Quality, assignment: Assignment, exercise: Exercise) -> None:
    """A mutant is killed if it loses points with every seed; one that does not end is given up after the first."""
    explained = explanations(assignment.id).get(exercise.name, {})
    for mutant, verdicts, ran in judged_mutants(assignment, exercise):
        if not ran:
            row.crashed += 1
            continue
        row.mutants += 1
        if any(v.passed for v in verdicts):
            row.survivors.append(Survivor(mutant.line, mutant.change, explained.get(mutant.change, "")))
        else:
            row.killed += 1


def judged_mutants(assignment: Assignment, exercise: Exercise) -> Iterator[tuple[Mutant, list[Verdict], bool]]:
    """Each mutant with its verdicts, and whether any call of it returned something."""
    banks = [drawn(assignment, unnamed(exercise), seed) for seed in MUTANT_SEEDS]
    sources = solution_sources(assignment.id)
    for mutant in mutants(sources[exercise.name]):
        try:
            function = executed(assignment.id, sources | {exercise.name: mutant.source})[exercise.name]
        except Exception:  # a mutant that cannot even be defined
            yield mutant, [], False
            continue
        verdicts, ran = [], False
        for bank in banks:
            answers = answers_of(function, bank, MUTANT_SECONDS)
            verdicts.append(judge(bank, answers))
            observations = [o for several in answers.values() for o in several]
            ran = ran or any("value" in o for o in observations)
            if any(o.get("error", {}).get("type") == TIME_LIMIT for o in observations):
                break
        yield mutant, verdicts, ran


def _pieces_of(assignment: Assignment, exercise: Exercise, kind: str) -> list[Piece]:
    return [p for p in pieces(assignment.id, kind) if p.exercise == exercise.name]


def label(piece: Piece) -> str:
    """The mistake that a wrong submission is named after."""
    return piece.name.split("-")[0]


def unnamed(exercise: Exercise) -> Exercise:
    """The exercise without its misconceptions: it gives the same scores, faster."""
    return replace(exercise, misconceptions=[])


def drawn(assignment: Assignment, exercise: Exercise, seed: int) -> Bank:
    """The bank of a seed, drawn once for all submissions of an exercise."""
    key = (assignment.id, exercise.name, bool(exercise.misconceptions), seed)
    if key not in _DRAWN:
        if len(_DRAWN) > 2 * len(RIGHT_SEEDS):
            _DRAWN.clear()
        _DRAWN[key] = draw_bank(assignment, exercise, seed)
    return _DRAWN[key]


_DRAWN: dict[tuple[str, str, bool, int], Bank] = {}


def judged(function: Callable, bank: Bank) -> Verdict:
    """The verdict on a function that is called here, in this process: for code that is trusted."""
    return judge(bank, answers_of(function, bank))


def answers_of(function: Callable, bank: Bank, seconds: float = SECONDS) -> Answers:
    """What a trusted function answers to each trial of ``bank``."""
    return ask_all(bank, lambda inputs: _observed(function, inputs, seconds))


def _observed(function: Callable, inputs: dict[str, Any], seconds: float) -> Observation:
    try:
        with time_limit(seconds), np.errstate(all="ignore"):
            return read_answer(Answer(observe(function, inputs)).text)
    except TimeLimit:
        return {"error": {"type": TIME_LIMIT, "message": "did not end"}}


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
    return measure(assignment, assignment.exercise(name))


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
