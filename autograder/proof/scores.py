"""What functions earn, without a look at names of mistakes; they are called here, in this process: code that is trusted.

What the proofs find is plain data: sets of points over all seeds, ``[points, points to have]``.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from itertools import product
from typing import Any

import numpy as np

from autograder.authoring.pieces import Piece, function_of
from autograder.checks.spec import Assignment, Exercise
from autograder.oracle.mutants import Mutant, mutants
from autograder.oracle.questions import draw_bank
from autograder.oracle.source import executed, reference, solution_sources
from unrolled.calls.limits import TimeLimit, time_limit
from unrolled.calls.probes import TIME_LIMIT, Answer, Observation, observe, read_answer
from unrolled.judging.asking import ask_all
from unrolled.judging.bank import Answers, Bank, Verdict
from unrolled.judging.findings import score

RIGHT_SEEDS = range(25)
MUTANT_SEEDS = range(3)
CONSTANTS = (0.0, 1.0, np.nan, np.inf, None)
SECONDS = 5.0  # for one call: right answers take milliseconds, but the machine may be busy
MUTANT_SECONDS = 1.0
MOST_BANKS = 200
Outcomes = list[list[Any]]


def unnamed(exercise: Exercise) -> Exercise:
    """The exercise without its misconceptions: it gives the same scores, faster."""
    return replace(exercise, misconceptions=[])


def drawn(assignment: Assignment, exercise: Exercise, seed: int) -> Bank:
    """The bank of a seed, drawn once for all submissions of an exercise."""
    key = (assignment.id, exercise.name, bool(exercise.misconceptions), seed)
    if key not in _DRAWN:
        if len(_DRAWN) > MOST_BANKS:
            _DRAWN.clear()
        _DRAWN[key] = draw_bank(assignment, exercise, seed)
    return _DRAWN[key]


_DRAWN: dict[tuple[str, str, bool, int], Bank] = {}


def answers_of(function: Callable, bank: Bank, seconds: float = SECONDS) -> Answers:
    """What a trusted function answers to each trial of ``bank``."""
    return ask_all(bank, lambda inputs: _observed(function, inputs, seconds))


def _observed(function: Callable, inputs: dict[str, Any], seconds: float) -> Observation:
    try:
        with time_limit(seconds), np.errstate(all="ignore"):
            return read_answer(Answer(observe(function, inputs)).text)
    except TimeLimit:
        return {"error": {"type": TIME_LIMIT, "message": "did not end"}}


def scored(function: Callable, assignment: Assignment, exercise: Exercise, seeds: range) -> Outcomes:
    """All different scores of a function over the banks of some seeds."""
    banks = [drawn(assignment, unnamed(exercise), seed) for seed in seeds]
    verdicts = [score(bank, answers_of(function, bank)) for bank in banks]
    return [list(one) for one in sorted({(v.points, v.out_of) for v in verdicts})]


def right(assignment: Assignment, piece: Piece, seeds: range = RIGHT_SEEDS) -> Outcomes:
    """What a right submission gets."""
    return scored(function_of(piece), assignment, assignment.exercise(piece.exercise), seeds)


def solution(assignment: Assignment, exercise: Exercise) -> Outcomes:
    """What the reference gets."""
    return scored(reference(assignment.id)[exercise.name], assignment, exercise, RIGHT_SEEDS)


def constants(assignment: Assignment, exercise: Exercise) -> dict[str, int]:
    """The points of zeros, ones, NaN or nothing, in the right shape."""
    function, bank = reference(assignment.id)[exercise.name], drawn(assignment, unnamed(exercise), 0)

    def constant(inputs: dict[str, Any], number: float | None) -> Observation:
        observation = observe(function, inputs)
        if "error" not in observation:
            observation["value"] = _filled(observation["value"], number) if number is not None else None
        return read_answer(Answer(observation).text)

    return {str(n): score(bank, ask_all(bank, partial(constant, number=n))).points for n in CONSTANTS}


def _filled(value: Any, number: float) -> Any:
    if isinstance(value, tuple | list):
        return type(value)(_filled(v, number) for v in value)
    if isinstance(value, dict):
        return {key: _filled(v, number) for key, v in value.items()}
    if isinstance(value, str):
        return str(number)
    return np.full_like(np.asarray(value, dtype=float), number)


def changed(assignment: Assignment, exercise: Exercise) -> dict[str, Any]:
    """How many mutants of the reference lose points with every seed, how many only raise errors, and which have all points.

    One that does not end is given up after the first seed.
    """
    found: dict[str, Any] = {"mutants": 0, "killed": 0, "crashed": 0, "survivors": []}
    for mutant, verdicts, ran in judged_mutants(assignment, exercise):
        if not ran:
            found["crashed"] += 1
            continue
        found["mutants"] += 1
        if any(v.passed for v in verdicts):
            found["survivors"].append([mutant.line, mutant.change])
        else:
            found["killed"] += 1
    return found


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
            verdicts.append(score(bank, answers))
            observations = [o for several in answers.values() for o in several]
            ran = ran or any("value" in o for o in observations)
            if any(o.get("error", {}).get("type") == TIME_LIMIT for o in observations):
                break
        yield mutant, verdicts, ran


def partial_credit(assignment: Assignment) -> dict[str, Any]:
    """Over all subsets of the exercises done: the points of none, and the least and the most that each exercise adds."""
    solutions = solution_sources(assignment.id)
    stubs = {name: stubbed(source) for name, source in solutions.items()}
    banks = {e.name: drawn(assignment, unnamed(e), 0) for e in assignment.exercises}
    scores = {}
    for done in product([False, True], repeat=len(solutions)):
        chosen = {name: solutions[name] if d else stubs[name] for name, d in zip(solutions, done, strict=True)}
        functions = executed(assignment.id, chosen)
        scores[done] = sum(score(bank, answers_of(functions[name], bank)).points for name, bank in banks.items())
    added = {
        name: [scores[(*done[:k], True, *done[k + 1 :])] - score for done, score in scores.items() if not done[k]]
        for k, name in enumerate(solutions)
        if name in banks  # not what is given
    }
    return {"none": scores[(False,) * len(solutions)], "adds": {n: [min(a), max(a)] for n, a in added.items()}}


def stubbed(source: str) -> str:
    """A solution cell as students get it."""
    return re.sub(r"### BEGIN SOLUTION.*?### END SOLUTION", 'raise NotImplementedError("stub")', source, flags=re.DOTALL)
