"""Checks of ``cell_gradient``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def gradient_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(2, 5, 3), (3, 4, 1), (1, 6, 2), (4, 1, 3)]  # (B, T, H)
    return [{"f": rng.uniform(0.3, 0.95, size=size)} for size in sizes]


def two_steps(case: Case) -> Case | None:
    return case | {"f": case["f"][:, :2]} if case["f"].shape[1] > 1 else None


def longer(case: Case) -> Case | None:
    return dict(case) if case["f"].shape[1] > 2 else None


def with_closed_gate(case: Case) -> Case | None:
    """One forget gate somewhere in the middle is closed altogether."""
    f = case["f"].copy()
    if f.shape[1] < 4:
        return None
    f[0, 2, 0] = 0.0
    return {"f": f}


def gradient_own_gate(f):
    return np.cumprod(f[:, ::-1], axis=1)[:, ::-1]


def gradient_from_start(f):
    return np.cumprod(f, axis=1)


def gradient_from_start_shifted(f):
    return np.concatenate([np.ones_like(f[:, :1]), np.cumprod(f, axis=1)[:, :-1]], axis=1)


def gradient_whole_product(f):
    return np.ones_like(f) * f.prod(axis=1, keepdims=True)


def gradient_next_only(f):
    return np.concatenate([f[:, 1:], np.ones_like(f[:, :1])], axis=1)


def gradient_sum(f):
    later = np.concatenate([f[:, 1:], np.zeros_like(f[:, :1])], axis=1)
    return np.cumsum(later[:, ::-1], axis=1)[:, ::-1]


def _right_gradient(f):
    shifted = np.concatenate([f[:, 1:], np.ones_like(f[:, :1])], axis=1)
    return np.cumprod(shifted[:, ::-1], axis=1)[:, ::-1]


def gradient_by_division(f):
    with np.errstate(invalid="ignore"):
        return f.prod(axis=1, keepdims=True) / np.cumprod(f, axis=1)


def gradient_reversed(f):
    return _right_gradient(f)[:, ::-1]


def gradient_mean_over_units(f):
    return _right_gradient(f).mean(axis=2)


def gradient_end_zero(f):
    gradient = _right_gradient(f)
    gradient[:, -1] = 0
    return gradient


CELL_GRADIENT = Exercise(
    name="cell_gradient",
    chapter="gates",
    section="sec-along-the-cell",
    cases=gradient_cases,
    axes="BtH",
    behaviours=[
        Behaviour("last", "gives 1 for the last step and its forget gate for the one before", 1, two_steps),
        Behaviour("product", "multiplies the forget gates of all later steps", 2, longer),
        Behaviour("closed", "gives 0 across a closed gate, and ordinary numbers after it", 1, with_closed_gate),
        Behaviour("inputs", "gives that and leaves f as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "own_gate",
            "each product begins with the step's own gate: from c_t on, the first gate is that of step t + 1.",
            gradient_own_gate,
        ),
        Misconception(
            "from_start",
            "the products run from the first step on; wanted are the gates that come later.",
            gradient_from_start,
        ),
        Misconception(
            "from_start_shifted",
            "the products are of the gates before each step; wanted are the gates that come later.",
            gradient_from_start_shifted,
        ),
        Misconception(
            "whole_product",
            "every step gets the product of all gates; gates before a step do not count.",
            gradient_whole_product,
        ),
        Misconception("next_only", "only the next gate is taken; each later one multiplies, too.", gradient_next_only),
        Misconception("sum", "the gates are added up; along a chain derivatives are multiplied.", gradient_sum),
        Misconception(
            "by_division",
            "the product of all gates is divided by that of the first ones; a closed gate makes that 0 / 0.",
            gradient_by_division,
        ),
        Misconception("reversed", "the result stands in reverse order of time.", gradient_reversed),
        Misconception(
            "mean_over_units", "the units are averaged; each has a gradient of its own.", gradient_mean_over_units
        ),
        Misconception("end_zero", "the last step gets 0; a state's derivative by itself is 1.", gradient_end_zero),
    ],
)
