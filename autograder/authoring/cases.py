"""The prepared examples of an assignment, which ship with the learner's package."""

import json
from dataclasses import replace
from typing import Any

from autograder.checks.spec import Assignment, Exercise
from autograder.oracle import made
from autograder.oracle.questions import PUBLIC_SEED, draw_bank, measured_bank
from autograder.oracle.seeds import seed_for
from unrolled.judging.bank import Bank
from unrolled.judging.banks import bank_to_json, shipped_banks
from unrolled.judging.diagnosis import countable
from unrolled.values.codec import decode
from unrolled.values.compare import difference


def public_banks(assignment: Assignment) -> str:
    """The prepared examples of an assignment as the text of their file, the same on every run."""
    exact = [_with_made(assignment, exercise) for exercise in assignment.exercises]
    counted = [measured_bank(assignment, m, m.public(), shown=True) for m in assignment.measured]
    trees = [bank_to_json(bank) for bank in [*exact, *counted]]
    return json.dumps(trees, indent=1) + "\n"


def _with_made(assignment: Assignment, exercise: Exercise) -> Bank:
    """The public bank; mistakes made by machine are taken from what is shipped, where what they are made of is the same."""
    bank = draw_bank(assignment, exercise, seed_for(b"", PUBLIC_SEED, assignment.id, exercise.name))
    shipped, of = _shipped(exercise.name), made.decided_by(assignment, exercise)
    if shipped and shipped.made and shipped.made.of == of:
        return replace(bank, made=shipped.made)
    return made.on(bank, assignment, made.worth_a_name(bank, assignment), of)


def _shipped(name: str) -> Bank | None:
    try:
        return shipped_banks().get(name)
    except (ValueError, TypeError, KeyError):  # of an earlier form, or between two sides of a merge
        return None


def banks_agree(one: str, other: str) -> bool:
    """Whether two files of prepared examples hold the same, up to what another processor's rounding changes."""
    return _agree(json.loads(one), json.loads(other))


def _agree(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and set(one) == {"array"} and isinstance(other, dict) and set(other) == {"array"}:
        first, second = decode(one), decode(other)
        return first.dtype == second.dtype and difference(countable(first), countable(second)) is None
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_agree(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_agree, one, other))
    if isinstance(one, float) and isinstance(other, float):
        return difference(one, other) is None
    return one == other
