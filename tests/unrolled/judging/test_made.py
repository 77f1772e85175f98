"""Mistakes made by machine: named where a change gives the same results throughout, and nowhere else."""

from dataclasses import replace

import numpy as np
import pytest

from unrolled.judging.asking import ask_all
from unrolled.judging.bank import Bank, BehaviourBank, Made, Mistake, Trial
from unrolled.judging.banks import bank_from_json, bank_to_json
from unrolled.judging.findings import mismatch
from unrolled.judging.fingerprints import measured
from unrolled.judging.judge import judge

CHANGES = {
    "made-a": lambda x, w: np.sin(x) * w,
    "made-b": lambda x, w: np.cos(3 * x) + w,
    "made-c": lambda x, w: np.sin(x) + (w if w > 1 else 0.5),
}


def right(x, w):
    return np.sin(x) + w


def bank_with(changes, sizes=(2, 3, 4)):
    rng = np.random.default_rng(1)
    trials = [
        Trial(inputs, {"value": right(**inputs), "inputs": {}}, {})
        for inputs in ({"x": rng.normal(size=n), "w": w} for n, w in zip(sizes, (0.5, 2.0, 0.3), strict=False))
    ]
    behaviours = [BehaviourBank("all", "is right", 2, ("value",), "", trials)]

    def seen(key, _behaviour, number):
        observation = {"value": changes[key](**trials[number].inputs), "inputs": {}}
        same = mismatch(observation, trials[number].expected, behaviours[0]) is None
        return None if same else measured(observation, ("value",)).print

    made = Made([Mistake(key, f"{key} was done.", "s") for key in changes], seen, "digest")
    return Bank("a", "f", "s", behaviours, [], made)


BANK = bank_with(CHANGES)


def named(bank, function):
    return [m.key for m in judge(bank, ask_all(bank, lambda inputs: {"value": function(**inputs), "inputs": {}})).mistakes]


@pytest.mark.parametrize("key", CHANGES)
def test_each_change_is_named_by_its_own_results(key):
    assert named(BANK, CHANGES[key]) == [key]


def test_shipped_as_data_they_are_named_as_well():
    again = bank_from_json(bank_to_json(BANK))
    assert [named(again, function) for function in CHANGES.values()] == [[key] for key in CHANGES]
    assert again.made.mistakes == BANK.made.mistakes and again.made.of == "digest"


def test_what_agrees_in_some_trials_only_is_not_named():
    """Also where the student is right and the change is not."""
    assert named(BANK, lambda x, w: CHANGES["made-a"](x, w) if w < 1 else right(x, w)) == []
    assert named(BANK, lambda x, w: np.sin(x) + 0.5) == [], "agrees with made-c where w is small"


def test_single_numbers_are_too_few():
    assert named(bank_with(CHANGES, sizes=(1,)), CHANGES["made-b"]) == []


def test_a_known_mistake_goes_before_one_made_by_machine():
    behaviour = BANK.behaviours[0]
    trials = [replace(t, mistaken={"known": {"value": CHANGES["made-a"](**t.inputs)}}) for t in behaviour.trials]
    known = replace(BANK, behaviours=[replace(behaviour, trials=trials)], mistakes=[Mistake("known", "is known.", "s")])
    assert named(known, CHANGES["made-a"]) == ["known"]
