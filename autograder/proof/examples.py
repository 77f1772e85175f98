"""What the shipped examples make of the known mistakes: as a student's ``check()`` does, and from the shipped data alone."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.spec import Assignment, Exercise
from autograder.oracle import made as oracle_made
from autograder.oracle.source import reference
from autograder.proof.verdicts import outcome
from unrolled import check
from unrolled.calls.probes import Observation
from unrolled.judging.bank import Bank
from unrolled.judging.banks import shipped_banks
from unrolled.judging.fingerprints import alike
from unrolled.judging.judge import judge


def checked(assignment: Assignment, exercise: Exercise) -> dict[str, list[Any]]:
    """The outcome of ``check()`` for the reference, under an empty key, and for each mistake, and whether it is told."""
    found = {"": outcome(check(reference(assignment.id)[exercise.name]).verdict)}
    for mistake in exercise.misconceptions:
        report = check(_quiet(mistake.function, exercise.name))
        found[mistake.key] = [*outcome(report.verdict), f"It looks as if: {mistake.says}" in repr(report)]
    return found


def _quiet(function: Callable, name: str) -> Callable:
    def called(*values: Any, **inputs: Any) -> Any:
        with np.errstate(all="ignore"):
            return function(*values, **inputs)

    called.__name__ = name
    return called


def recorded(bank: Bank) -> dict[str, list[Any]]:
    """The outcome for the answers that a bank expects, under an empty key, and for those it records of each mistake."""

    def answers(key: str) -> dict[str, list[Observation]]:
        return {b.key: [_complete(t.mistaken.get(key, t.expected)) for t in b.trials] for b in bank.behaviours}

    return {key: outcome(judge(bank, answers(key))) for key in ["", *(m.key for m in bank.mistakes)]}


def made_again(assignment: Assignment, exercise: Exercise) -> dict[str, Any]:
    """How many changes of the reference are shipped, and which of them give other results than the shipped ones."""
    bank = shipped_banks()[exercise.name]
    shipped = bank.made
    assert shipped is not None
    again = oracle_made.on(bank, assignment, [m.key for m in shipped.mistakes]).made
    assert again is not None
    places = [(b.key, number) for b in bank.behaviours for number in range(len(b.trials))]
    others = [
        m.key
        for m in shipped.mistakes
        if not all(alike(shipped.seen(m.key, *place), again.seen(m.key, *place)) for place in places)
    ]
    return {"changes": len(again.mistakes), "others": others}


def _complete(observation: Observation) -> Observation:
    return {"error": {"message": "", **observation["error"]}} if "error" in observation else observation
