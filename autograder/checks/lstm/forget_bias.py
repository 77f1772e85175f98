"""Checks of ``forget_bias``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def bias_cases(rng: np.random.Generator) -> list[Case]:
    cases: list[Case] = [{"b": rng.normal(size=4 * H), "value": float(rng.uniform(0.5, 3))} for H in (3, 2, 1, 5)]
    cases[3]["value"] -= 5.0  # below all biases: it replaces larger ones as well
    return cases


def only_forget_slot(case: Case) -> Case:
    """Zeros everywhere, so that only the place counts."""
    return zeroed(case, "b")


def in_quarter(k: int) -> Callable:
    def bias(b, value):
        H, new = len(b) // 4, b.copy()
        new[k * H : (k + 1) * H] = value
        return new

    return bias


def bias_added(b, value):
    H, new = len(b) // 4, b.copy()
    new[H : 2 * H] += value
    return new


def bias_maximum(b, value):
    H, new = len(b) // 4, b.copy()
    new[H : 2 * H] = np.maximum(new[H : 2 * H], value)
    return new


def bias_everywhere(b, value):
    return np.full_like(b, value)


def bias_others_zero(b, value):
    return in_quarter(1)(np.zeros_like(b), value)


def bias_one_entry(b, value):
    new = b.copy()
    new[1] = value
    return new


def bias_every_fourth(b, value):
    new = b.copy()
    new[1::4] = value
    return new


def bias_in_place(b, value):
    H = len(b) // 4
    b[H : 2 * H] = value
    return b


FORGET_BIAS = Exercise(
    name="forget_bias",
    chapter="lstm",
    section="sec-forget-bias",
    cases=bias_cases,
    axes="K",
    behaviours=[
        Behaviour("slot", "puts the value into the second quarter of the biases", 1, only_forget_slot),
        Behaviour("others", "replaces what was there, and keeps the other biases", 1),
        Behaviour("inputs", "gives a new array and leaves b as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("input_slot", "the value stands in the input gate's slot, the first; f is the second.", in_quarter(0)),
        Misconception(
            "candidate_slot", "the value stands in the candidate's slot, the third; f is the second.", in_quarter(2)
        ),
        Misconception(
            "output_slot", "the value stands in the output gate's slot, the last; f is the second.", in_quarter(3)
        ),
        Misconception("added", "the value is added to the biases that were there; it has to replace them.", bias_added),
        Misconception(
            "maximum", "a bias that is larger than the value is kept; the value has to replace it, too.", bias_maximum
        ),
        Misconception("everywhere", "all four slots are set; only that of the forget gate should be.", bias_everywhere),
        Misconception(
            "others_zero", "the biases of the other three are lost; they should stay as they were.", bias_others_zero
        ),
        Misconception("one_entry", "a single entry is set; the forget gate has one bias for each unit.", bias_one_entry),
        Misconception(
            "every_fourth", "every fourth entry is set; the biases of a gate stand side by side.", bias_every_fourth
        ),
        Misconception("in_place", "b itself is changed; a new array is wanted.", bias_in_place),
    ],
)
