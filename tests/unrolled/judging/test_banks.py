"""The shipped examples: complete, finite, data and no code."""

import json

import numpy as np
import pytest

from autograder.checks import ASSIGNMENTS
from autograder.proof import checks as proofs
from unrolled.judging.banks import FOLDER, bank_from_json, bank_to_json, shipped_banks
from unrolled.judging.findings import mismatch
from unrolled.standins import stand_in_function
from unrolled.values.codec import StandIn, Unsupported

FILES = sorted(FOLDER.glob("*.json"))
BANKS = list(shipped_banks().values())
IDS = [bank.exercise for bank in BANKS]
EXACT = [bank for bank in BANKS if not bank.behaviours[0].share]  # the others count right answers
EXACT_IDS = [bank.exercise for bank in EXACT]


def leaves(value):
    """Everything in a nested value that is no container."""
    if isinstance(value, dict):
        return [leaf for item in value.values() for leaf in leaves(item)]
    return [leaf for item in value for leaf in leaves(item)] if isinstance(value, list | tuple) else [value]


def test_every_exercise_of_every_assignment_is_shipped_once():
    written = [(path.stem, tree["exercise"]) for path in FILES for tree in json.loads(path.read_text())]
    assert sorted(written) == sorted((a.id, e.name) for a in ASSIGNMENTS.values() for e in a.graded)
    assert len({name for _, name in written}) == len(written), "check() finds an exercise by its name alone"
    assert {bank.exercise: bank.assignment for bank in BANKS} == {name: assignment for assignment, name in written}


@pytest.mark.parametrize("bank", BANKS, ids=IDS)
def test_bank_is_the_same_after_another_crossing(bank):
    tree = bank_to_json(bank)
    again = bank_from_json(json.loads(json.dumps(tree)))
    assert bank_to_json(again) == tree
    assert [b.looks_at for b in again.behaviours] == [b.looks_at for b in bank.behaviours]


@pytest.mark.parametrize("bank", EXACT, ids=EXACT_IDS)
def test_behaviours_and_mistakes_are_complete(bank):
    assert all(isinstance(b.points, int) and b.points > 0 and b.trials and b.says for b in bank.behaviours)
    assert all(b.looks_at and set(b.looks_at) <= {"value", "inputs"} for b in bank.behaviours)
    keys, mistakes = [b.key for b in bank.behaviours], [m.key for m in bank.mistakes]
    assert len(set(keys)) == len(keys) and len(set(mistakes)) == len(mistakes) > 0
    assert {key for b in bank.behaviours for t in b.trials for key in t.mistaken} == set(mistakes)
    assert all(m.says and "#" in m.link for m in bank.mistakes) and "#" in bank.section


@pytest.mark.parametrize("bank", BANKS, ids=IDS)
def test_every_value_is_a_finite_number_and_every_function_a_stand_in(bank):
    """An expected NaN could never be obtained, and an infinite one would make the tolerance infinite."""
    for trial in (t for b in bank.behaviours for t in b.trials):
        for leaf in leaves([trial.inputs, {k: v for k, v in trial.expected.items() if k != "error"}]):
            assert not isinstance(leaf, Unsupported)
            if isinstance(leaf, str):
                continue
            assert callable(stand_in_function(leaf.name)) if isinstance(leaf, StandIn) else np.isfinite(leaf).all()


@pytest.mark.parametrize("bank", EXACT, ids=EXACT_IDS)
def test_expected_answers_earn_everything_and_mistaken_ones_lose_and_are_named(ledger, bank):
    """Judged from the shipped data alone, as on a student's machine."""
    found = ledger.verdict(proofs.recorded(bank))
    points, out_of = found.pop("")
    assert points == out_of > 0 and set(found) == {mistake.key for mistake in bank.mistakes}
    for key, (earned, all_points, named) in found.items():
        assert earned < all_points == out_of and named == key


@pytest.mark.parametrize("bank", BANKS, ids=IDS)
def test_every_recorded_mistake_really_differs(bank):
    """Not in its rounding alone: a mistake is ruled out by what it breaks and the student passed."""
    for behaviour in bank.behaviours:
        for trial in behaviour.trials:
            assert all(mismatch(seen, trial.expected, behaviour) for seen in trial.mistaken.values())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_files_hold_no_code(path):
    """Neither a solution nor a mistake can be read from what students are given."""
    text = path.read_text(encoding="utf-8")
    assert not [word for word in ("def ", "lambda", "import ", "return ", "np.", "@", "SOLUTION") if word in text]
