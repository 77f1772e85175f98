"""Mistakes made by machine: what each small change of a reference gives on the trials of a bank.

Which changes are worth a name is found out once, on the prepared examples, and shipped with them. On other trials they
are run only when an answer is wrong and no known mistake fits it.
"""

import json
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks.spec import Assignment, Exercise
from autograder.oracle import changes, lines
from autograder.oracle import mutants as mutants_module
from autograder.oracle import slips as slips_module
from autograder.oracle.mutants import Mutant, mutants, slips
from autograder.oracle.questions import draw_bank
from autograder.oracle.source import changed_function, setup_source, solution_sources
from autograder.paths import ROOT
from unrolled.calls.limits import TimeLimit, time_limit
from unrolled.calls.probes import TIME_LIMIT, Answer, Observation, observe, read_answer
from unrolled.judging.bank import Bank, BehaviourBank, Made, Mistake, Print
from unrolled.judging.banks import shipped_banks
from unrolled.judging.findings import mismatch
from unrolled.judging.fingerprints import alike, is_error, measured
from unrolled.values.codec import BadValue, decode, encode

SECONDS = 5.0  # for one call, on a busy machine as well: a change that makes it longer is not worth a name
MOST = 400  # of an exercise, so that what is shipped stays small
PATIENCE = 3  # calls with the smallest arguments that raise an error, before a change is given up
KINDS = (changes, lines, mutants_module, slips_module)
UNDEFINED: Observation = {"error": {"type": "Undefined", "message": ""}}
STOPPED = measured({"error": {"type": TIME_LIMIT}}, ()).print


@dataclass
class Maker:
    """What changes of one exercise's reference give on the trials of a bank; each is asked once."""

    assignment: Assignment
    name: str
    behaviours: list[BehaviourBank]
    _functions: dict[str, Callable | None] = field(default_factory=dict)
    _seen: dict[tuple[str, str, int], Print | None] = field(default_factory=dict)

    def seen(self, key: str, behaviour: str, number: int) -> Print | None:
        place = (key, behaviour, number)
        if place not in self._seen:
            self._seen[place] = self._found(key, next(b for b in self.behaviours if b.key == behaviour), number)
        return self._seen[place]

    def _found(self, key: str, behaviour: BehaviourBank, number: int) -> Print | None:
        trial = behaviour.trials[number]
        observation = observed(self._function(key), trial.inputs)
        if mismatch(observation, trial.expected, behaviour) is None:
            return None
        return measured(observation, behaviour.looks_at).print

    def _function(self, key: str) -> Callable | None:
        if key not in self._functions:
            mutant = by_key(self.assignment.id, self.name).get(key)
            self._functions[key] = _defined(self.assignment, self.name, mutant) if mutant else None
        return self._functions[key]


def _defined(assignment: Assignment, name: str, mutant: Mutant) -> Callable | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # some changes make no sense, and Python says so
            return changed_function(assignment.id, name, mutant.source)
    except Exception:  # a change that cannot even be defined
        return None


def observed(function: Callable | None, inputs: dict[str, Any]) -> Observation:
    """What a changed reference does; an error if it does not end, or is not even defined."""
    if function is None:
        return UNDEFINED
    try:
        with time_limit(SECONDS), np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read_answer(Answer(observe(function, decode(encode(inputs)))).text)
    except BadValue:  # too large
        return UNDEFINED
    except TimeLimit:
        return {"error": {"type": TIME_LIMIT, "message": ""}}


@cache
def by_key(assignment_id: str, name: str) -> dict[str, Mutant]:
    """The changes of a reference that can be said, by a digest of the whole changed source."""
    sources = solution_sources(assignment_id)
    found = [*mutants(sources[name]), *slips(sources[name], [other for other in sources if other != name])]
    return {f"made-{sha256(m.source.encode()).hexdigest()[:10]}": m for m in found if m.says}


def decided_by(assignment: Assignment, exercise: Exercise) -> str:
    """A digest of what decides which changes there are and what they give: its solution, its check, kinds of changes."""
    checks = ROOT / "autograder" / "checks" / assignment.id
    files = [
        *(Path(module.__file__ or "") for module in KINDS),
        checks / f"{exercise.name.lower()}.py",
        checks / "common.py",
    ]
    cells = [setup_source(assignment.id), solution_sources(assignment.id)[exercise.name]]
    parts = [*(cell.encode() for cell in cells), *(file.read_bytes() for file in files if file.exists())]
    return sha256(b"".join(parts)).hexdigest()[:16]


def on(bank: Bank, assignment: Assignment, keys: list[str], of: str = "") -> Bank:
    """The bank with changes of the reference, told apart by their keys; none is run yet."""
    known = by_key(assignment.id, bank.exercise)
    mistakes = [Mistake(key, known[key].says, bank.section) for key in keys if key in known]
    return replace(bank, made=Made(mistakes, Maker(assignment, bank.exercise, bank.behaviours).seen, of))


def draw(assignment: Assignment, exercise: Exercise, seed: int) -> Bank:
    """A bank of fresh trials, with the changes of the reference that the prepared examples name."""
    return named(draw_bank(assignment, exercise, seed), assignment)


def named(bank: Bank, assignment: Assignment) -> Bank:
    """A bank with the changes of the reference that the prepared examples name; nothing is run, or even made, yet."""
    shipped = shipped_banks().get(bank.exercise)
    if not shipped or not shipped.made:
        return bank
    return replace(bank, made=replace(shipped.made, seen=Maker(assignment, bank.exercise, bank.behaviours).seen))


def worth_a_name(bank: Bank, assignment: Assignment) -> list[str]:
    """The changes that return something wrong, the same each time, and not what a known mistake or one before them gives."""
    seen, again = (Maker(assignment, bank.exercise, bank.behaviours).seen for _ in range(2))
    taken = [list(_of_known(bank, m.key)) for m in bank.mistakes]
    kept: list[str] = []
    places = [(b.key, number) for b in bank.behaviours for number in range(len(b.trials))]
    sizes = [len(json.dumps(encode(t.inputs))) for b in bank.behaviours for t in b.trials]
    smallest = [place for _, place in sorted(zip(sizes, places, strict=True))][:PATIENCE]
    for key in by_key(assignment.id, bank.exercise):
        if all(is_error(seen(key, *place)) for place in smallest):
            continue
        prints = [seen(key, *place) for place in places]
        new = _returns(prints) and not any(all(map(alike, prints, other)) for other in taken)
        if new and all(alike(one, again(key, *place)) for one, place in zip(prints, places, strict=True)):
            taken.append(prints)
            kept.append(key)
    return kept[:MOST]


def _of_known(bank: Bank, key: str) -> Iterator[Print | None]:
    for behaviour in bank.behaviours:
        for trial in behaviour.trials:
            mistaken = trial.mistaken.get(key)
            yield None if mistaken is None else measured(mistaken, behaviour.looks_at).print


def _returns(prints: list[Print | None]) -> bool:
    """Whether some result is wrong and no error, and every call ended."""
    return any(p is not None and not is_error(p) for p in prints) and STOPPED not in prints
