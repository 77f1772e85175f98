"""What wrong functions earn and which mistake they are told; they are called here, in this process: code that is trusted.

What the proofs find is plain data: sets of outcomes over all seeds, ``[points, points to have, first mistake named]``.
"""

from collections.abc import Callable
from typing import Any

from autograder.authoring.pieces import Piece, function_of
from autograder.checks.spec import Assignment, Exercise
from autograder.oracle import made
from autograder.proof import scores
from autograder.proof.scores import Outcomes, answers_of, unnamed
from unrolled.judging.bank import Bank, Verdict
from unrolled.judging.judge import judge

__all__ = ["drawn", "judged", "misconceptions", "outcome", "outcomes", "unnamed", "wrong"]

WRONG_SEEDS = range(5)
MISCONCEPTION_SEEDS = range(10)


def drawn(assignment: Assignment, exercise: Exercise, seed: int) -> Bank:
    """The bank of a seed with all that names mistakes; its trials are drawn once for all submissions of an exercise."""
    bank = scores.drawn(assignment, exercise, seed)
    return made.named(bank, assignment) if exercise.misconceptions else bank


def judged(function: Callable, bank: Bank) -> Verdict:
    """The verdict on a function that is called here, in this process: for code that is trusted."""
    return judge(bank, answers_of(function, bank))


def outcome(verdict: Verdict) -> list[Any]:
    """Points, points to have, and the mistake that is named first, if one is."""
    return [verdict.points, verdict.out_of, *(m.key for m in verdict.mistakes[:1])]


def outcomes(function: Callable, assignment: Assignment, exercise: Exercise, seeds: range) -> Outcomes:
    """All different outcomes of a function over the banks of some seeds."""
    found = [outcome(judged(function, drawn(assignment, exercise, seed))) for seed in seeds]
    return [list(one) for one in sorted({tuple(one) for one in found})]


def wrong(assignment: Assignment, piece: Piece) -> Outcomes:
    """What a wrong submission gets, and what it is named."""
    return outcomes(function_of(piece), assignment, assignment.exercise(piece.exercise), WRONG_SEEDS)


def misconceptions(assignment: Assignment, exercise: Exercise) -> dict[str, Outcomes]:
    """What each known mistake gets, and what it is named."""
    return {m.key: outcomes(m.function, assignment, exercise, MISCONCEPTION_SEEDS) for m in exercise.misconceptions}
