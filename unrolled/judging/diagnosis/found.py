"""A mistake that nobody wrote down: found as a relation of what came to what was expected.

A sentence is said only if it holds in every trial that went wrong, and if one of these trials has enough numbers
to tell: a relation of single numbers, or of equal ones, may be chance.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from unrolled.calls.probes import Observation
from unrolled.judging.bank import Answers, Bank, BehaviourBank, Mistake, Print, Trial
from unrolled.judging.diagnosis.errors import explained
from unrolled.judging.diagnosis.inputs import changed_in_place
from unrolled.judging.diagnosis.layouts import axis, layouts, same
from unrolled.judging.diagnosis.parts import Part, parts_of
from unrolled.judging.diagnosis.places import places
from unrolled.judging.diagnosis.relations import arrays_of, relations
from unrolled.judging.diagnosis.scalars import over_trials
from unrolled.judging.diagnosis.structures import structures
from unrolled.judging.findings import mismatch
from unrolled.judging.fingerprints import measured
from unrolled.values.codec import encode

KEY = "found"
REMEMBERS = (
    "it remembers earlier calls, or draws from somewhere else than it is to: "
    "the same arguments give another result when it is called again."
)
ENOUGH_TOGETHER = 3  # in all trials
ENOUGH = 4  # different numbers in one trial


Missed = list[tuple[BehaviourBank, Trial, Observation]]


def find_relation(bank: Bank, answers: Answers) -> Mistake | None:
    """The relation that holds in every trial that went wrong, as a mistake; or in those of one behaviour; or None."""
    missed = {
        b.key: [(b, t, o) for t, o in zip(b.trials, answers[b.key], strict=True) if mismatch(o, t.expected, b)]
        for b in bank.behaviours
    }
    everything = [one for several in missed.values() for one in several]
    sentence = REMEMBERS if _remembers(bank, answers) else _sentence(everything)
    if not sentence:
        parts = (_sentence(several) for several in missed.values() if 0 < len(several) < len(everything))
        sentence = next((f"in one case, {part}" for part in parts if part), "")
    return Mistake(KEY, sentence, bank.section) if sentence else None


def _remembers(bank: Bank, answers: Answers) -> bool:
    """Whether the same arguments, asked twice, gave different results."""
    asked = [(b, t, o) for b in bank.behaviours for t, o in zip(b.trials, answers[b.key], strict=True) if "value" in o]
    first: dict[str, Print] = {}
    for behaviour, trial, obtained in asked:
        now = measured(obtained, ("value",))
        before = first.setdefault(json.dumps(encode(trial.inputs)), now.print)
        if not now.agrees(before, behaviour.tolerance):
            return True
    return False


def _sentence(missed: Missed) -> str:
    """What holds of all these trials."""
    errors = [o["error"] for _, _, o in missed if "error" in o]
    wrong = [
        (b, t, o)
        for b, t, o in missed
        if "value" in o and "value" in t.expected and mismatch(o | {"inputs": {}}, t.expected | {"inputs": {}}, b)
    ]
    if errors and len(errors) < len(missed):
        return ""
    if errors:
        return explained(errors)
    if not wrong:
        return _of_inputs(missed)
    return _of_structure(wrong) or _of_numbers(wrong)


def _of_inputs(missed: Missed) -> str:
    """Arguments that are changed, while the results are right."""
    found = [changed_in_place(t.inputs, o["inputs"], o["value"]) for _, t, o in missed if "inputs" in o]
    return _common(found)


def _common(found: list[list[str]]) -> str:
    """The first of the sentences that stand in every list."""
    return next((s for s in found[0] if all(s in others for others in found)), "") if found else ""


def _of_structure(wrong: Missed) -> str:
    """Results missing, surplus or in another order, throughout."""
    return _common([list(structures(o["value"], t.expected["value"], b.axes)) for b, t, o in wrong])


def _of_numbers(wrong: Missed) -> str:
    """One sentence for each part that is wrong, or one for all of them."""
    everything: list[Found] = []
    for behaviour, trial, obtained in wrong:
        parts = parts_of(obtained["value"], trial.expected["value"], behaviour.axes)
        if parts is None:
            return ""
        everything += [(part, parts, trial.inputs) for part in parts if not part.right(behaviour.tolerance)]
    names = list(dict.fromkeys(part.name for part, _, _ in everything))
    telling = [one for one in everything if _tells(one[0])]
    large = [one for one in telling if not _degenerate(one)]
    return _of_each(telling, names) or (_of_each(large, names) if len(large) > 1 else "") or _of_all(everything, names)


Found = tuple[Part, list[Part], dict[str, Any]]  # a part that is wrong, all parts beside it, the arguments


def _tells(part: Part) -> bool:
    """Whether a part has enough numbers by itself; shapes tell by fewer."""
    other_shape = part.obtained.shape != part.expected.shape and part.expected.size > 1
    return other_shape or len(np.unique(part.expected)) >= ENOUGH


def _degenerate(found: Found) -> bool:
    """Whether some axis has the size 1, where many mistakes look the same."""
    part, _, inputs = found
    return any(1 in array.shape for array in [part.expected, *arrays_of(inputs).values()])


def _of_each(telling: list[Found], names: list[str]) -> str:
    """What holds of each part in each trial by itself."""
    common: dict[str, list[str]] = {}
    for part, parts, inputs in telling:
        found = list(dict.fromkeys(_sentences(part, parts, inputs)))
        common[part.name] = [s for s in common[part.name] if s in found] if part.name in common else found
    if not common or common.keys() != set(names) or not all(common.values()):
        return ""
    return _together({name: common[name][0] for name in names})


def _of_all(everything: list[Found], names: list[str]) -> str:
    """What holds of the numbers of each part in all trials together."""
    said = {}
    for name in names:
        mine = [(part, inputs) for part, _, inputs in everything if part.name == name]
        if len({float(n) for part, _ in mine for n in part.expected.ravel()[:50]}) < ENOUGH_TOGETHER:
            return ""
        said[name] = next(over_trials([part for part, _ in mine], [inputs for _, inputs in mine]), "")
    return _together(said) if all(said.values()) else ""


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
