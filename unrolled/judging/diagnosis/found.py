"""A mistake that nobody wrote down: found as a relation of what came to what was expected.

A sentence is said only if it holds in every trial that went wrong, and if one of these trials has enough numbers
to tell: a relation of single numbers, or of equal ones, may be chance.
"""

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from unrolled.calls.probes import Observation
from unrolled.judging.bank import Answers, Bank, BehaviourBank, Mistake, Trial
from unrolled.judging.diagnosis.errors import explained
from unrolled.judging.diagnosis.layouts import axis, layouts, same
from unrolled.judging.diagnosis.parts import Part, part_names, parts_of
from unrolled.judging.diagnosis.places import places
from unrolled.judging.diagnosis.relations import relations
from unrolled.judging.findings import mismatch

KEY = "found"
ENOUGH = 4  # different numbers in one trial


def find_relation(bank: Bank, answers: Answers) -> Mistake | None:
    """The relation that holds in every trial that went wrong, as a mistake; None if there is none."""
    missed = [
        (b, t, o)
        for b in bank.behaviours
        for t, o in zip(b.trials, answers[b.key], strict=True)
        if mismatch(o, t.expected, b)
    ]
    wrong = [(b, t, o) for b, t, o in missed if "value" in o and "value" in t.expected and "value" in b.looks_at]
    errors = [o["error"] for _, _, o in missed if "error" in o]
    sentence = "" if errors and wrong else _of_structure(wrong) or _of_numbers(wrong)
    if len(errors) > 1 and not sentence:
        sentence = explained([(error["type"], error["message"]) for error in errors])
    return Mistake(KEY, sentence, bank.section) if sentence else None


Missed = list[tuple[BehaviourBank, Trial, Observation]]


def _of_structure(wrong: Missed) -> str:
    """Results missing, surplus or in another order, throughout."""
    common: list[str] | None = None
    for behaviour, trial, obtained in wrong:
        found = list(_structures(obtained["value"], trial.expected["value"], behaviour))
        common = found if common is None else [s for s in common if s in found]
    return common[0] if common else ""


def _structures(mine: Any, theirs: Any, behaviour: BehaviourBank) -> Iterator[str]:
    single = not isinstance(theirs, tuple | list | dict)
    if single and isinstance(mine, tuple | list) and not _is_list_of_numbers(mine):
        for number, one in enumerate(mine, start=1):
            if _alike(one, theirs):
                yield f"more comes back than was asked for: the result itself is value {number} of {len(mine)}."
        return
    if isinstance(theirs, tuple) and not isinstance(mine, tuple | list | dict):
        for name, one in zip(part_names(theirs, behaviour.axes), theirs, strict=True):
            if _alike(mine, one):
                yield f"only {name} comes back; the other results are missing."
        return
    if isinstance(theirs, tuple) and isinstance(mine, tuple | list):
        names = part_names(theirs, behaviour.axes)
        order = [next((k for k, one in enumerate(theirs) if _alike(value, one)), -1) for value in mine]
        if len(mine) > len(theirs) and order[: len(theirs)] == list(range(len(theirs))):
            yield "more results come back than were asked for; the first ones are right."
        elif len(mine) == len(theirs) and sorted(order) == list(range(len(theirs))) != order:
            yield f"the results come back in the order {', '.join(names[k] for k in order)}."


def _is_list_of_numbers(value: Any) -> bool:
    return all(isinstance(item, int | float) for item in value)


def _alike(one: Any, other: Any) -> bool:
    try:
        first, second = np.asarray(one), np.asarray(other)
    except ValueError:
        return False
    if first.dtype.kind not in "biuf" or second.dtype.kind not in "biuf":
        return False
    return same(first, second) and second.size > 0


def _of_numbers(wrong: Missed) -> str:
    """One sentence for each part that is wrong, or one for all of them."""
    everything = []
    for behaviour, trial, obtained in wrong:
        parts = parts_of(obtained["value"], trial.expected["value"], behaviour.axes)
        if parts is None:
            return ""
        everything += [(part, parts, trial.inputs) for part in parts if not part.right(behaviour.tolerance)]
    names = {part.name for part, _, _ in everything}
    telling = [one for one in everything if len(np.unique(one[0].expected)) >= ENOUGH]
    if {part.name for part, _, _ in telling} != names:  # shapes tell by fewer numbers
        telling = [one for one in everything if one[0].obtained.shape != one[0].expected.shape and one[0].expected.size > 1]
    common: dict[str, list[str]] = {}
    for part, parts, inputs in telling:
        found = list(dict.fromkeys(_sentences(part, parts, inputs)))
        common[part.name] = [s for s in common[part.name] if s in found] if part.name in common else found
    if not common or common.keys() != names or not all(common.values()):
        return ""
    return _together({name: sentences[0] for name, sentences in common.items()})


def _sentences(part: Part, parts: list[Part], inputs: dict[str, Any]) -> Iterator[str]:
    if part.obtained.size == 0 or part.expected.size == 0:
        return
    for other in parts:
        if other is not part and same(part.obtained, other.expected) and len(np.unique(other.expected)) >= ENOUGH:
            yield f"{{}} holds what belongs to {other.name}."
    yield from _taken_from_others(part, parts)
    yield from layouts(part)
    yield from relations(part, inputs)
    yield from places(part)


def _taken_from_others(part: Part, parts: list[Part]) -> Iterator[str]:
    """A part that was made from another one along one axis: the last state beside all states, say."""
    for other in parts:
        if other is part or other.expected.ndim != part.expected.ndim + 1:
            continue
        for k in range(other.expected.ndim):
            word, source = axis(other.axes[k]) if other.axes else "place", other.expected
            ways = {
                f"is the mean of {other.name} over every {word}": source.mean(axis=k),
                f"is the sum of {other.name} over every {word}": source.sum(axis=k),
                f"is {other.name} at the first {word}": source.take(0, axis=k),
                f"is {other.name} at the last {word}": source.take(-1, axis=k),
            }
            if source.shape[k] > 1:
                ways[f"is {other.name} at the last {word} but one"] = source.take(-2, axis=k)
            for words, made in ways.items():
                if same(part.obtained, made):
                    yield f"{{}} {words}."


def _together(sentences: dict[str, str]) -> str:
    """One sentence for parts that share it; else the first part's, and how many others there are."""
    shared: dict[str, list[str]] = {}
    for name, sentence in sentences.items():
        shared.setdefault(sentence, []).append(name)
    said = []
    for sentence, names in shared.items():
        called = "the result" if names == [""] else " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)
        one = sentence.format(called)
        if names[1:]:
            one = _plural(sentence).format(called)
        said.append(one)
    return " ".join([said[0], *(s[0].upper() + s[1:] for s in said[1:3])])


def _plural(sentence: str) -> str:
    """The sentence for several parts: "{} are" in place of "{} is"."""
    for one, several in (("is", "are"), ("has", "have"), ("lacks", "lack"), ("holds", "hold")):
        sentence = re.sub(rf"^\{{\}} {one} ", f"{{}} {several} ", sentence)
    return sentence
