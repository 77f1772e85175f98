"""Checks of ``gru_backward``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import gru as look
from unrolled.standins import stand_in


def sequence_cases(rng: np.random.Generator) -> list[Case]:
    """Random numbers that no network gave; in one case the inputs are whole numbers, as tokens and one-hot vectors are."""
    sizes = [(2, 4, 1, 3), (1, 3, 2, 4), (3, 1, 2, 2), (4, 2, 3, 1)]  # (B, T, D, H)
    return [
        {
            "dh": rng.normal(size=(B, T, H)),
            "x": rng.normal(size=(B, T, D)) if B < 4 else rng.integers(-2, 3, size=(B, T, D)),
            "h_0": rng.normal(size=(B, H)),
            "h": rng.normal(size=(B, T, H)),
            "r": rng.uniform(0.1, 0.9, size=(B, T, H)),
            "z": rng.uniform(0.1, 0.9, size=(B, T, H)),
            "n": rng.uniform(-0.9, 0.9, size=(B, T, H)),
            "step_backward": stand_in(look.mixing_backward),
        }
        for B, T, D, H in sizes
    ]


def last_step_alone(case: Case) -> Case:
    return case | {name: case[name][:, -1:] for name in ("dh", "x", "h", "r", "z", "n")}


class _Walk:
    """The walk back in parts; each misconception exchanges one of them."""

    def __init__(self, dh, x, h_0, h, r, z, n, step_backward):
        self.dh, self.x, self.h_0, self.h, self.gates, self.step_backward = dh, x, h_0, h, (r, z, n), step_backward
        self.T = x.shape[1]

    def times(self):
        return reversed(range(self.T))

    def before(self, t):
        return self.h[:, t - 1] if t > 0 else self.h_0

    def outside(self, t):
        return self.dh[:, t]

    def carried(self, dh_prev, carry):  # noqa: ARG002
        return dh_prev

    def added(self, total, one):
        return total + one

    def finished(self, dx, dh_0, totals):
        return dx, dh_0, *totals

    def gradients(self):
        dx, carry, totals = np.zeros(self.x.shape), np.zeros(self.h_0.shape), [0.0] * 4
        dh_prev = carry
        for t in self.times():
            gates = (g[:, t] for g in self.gates)
            dx[:, t], dh_prev, *ours = self.step_backward(self.outside(t) + carry, self.x[:, t], self.before(t), *gates)
            totals = [self.added(total, one) for total, one in zip(totals, ours, strict=True)]
            carry = self.carried(dh_prev, carry)
        return self.finished(dx, dh_prev, totals)


def _walking(**parts):
    exchanged = type("Exchanged", (_Walk,), parts)

    def wrong(**inputs):
        return exchanged(**inputs).gradients()

    return wrong


GRU_BACKWARD = Exercise(
    name="gru_backward",
    chapter="practice",
    section="sec-gru-backward",
    cases=sequence_cases,
    axes={"dx": "BtD", "dh_0": "BH", "dW_xh": "DK", "dW_hh": "HK", "db_x": "K", "db_h": "K"},
    behaviours=[
        Behaviour("one", "gives the six gradients of a sequence of one step", 1, last_step_alone),
        Behaviour("dx", "carries the gradient from each step back to the one before", 2, seen_by(look.sequence_inputs)),
        Behaviour("start", "gives the gradient of the initial state", 1, seen_by(look.sequence_start)),
        Behaviour("sums", "adds up the gradients of the parameters over all steps", 1, seen_by(look.sequence_parameters)),
        Behaviour("inputs", "gives all six and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "overwritten",
            "each step overwrites the parameters' gradients; they have to be added up.",
            _walking(added=lambda self, total, one: one),
        ),
        Misconception(
            "mean",
            "the parameters' gradients are averaged over the steps; they are sums.",
            _walking(finished=lambda self, dx, dh_0, totals: (dx, dh_0, *(d / self.T for d in totals))),
        ),
        Misconception(
            "not_carried",
            "what a step passes back never reaches the step before it: each step sees only the gradient from outside.",
            _walking(carried=lambda self, dh_prev, carry: np.zeros_like(carry)),
        ),
        Misconception(
            "last_only",
            "only the last state's gradient from outside is used; one arrives at every step.",
            _walking(outside=lambda self, t: self.dh[:, t] if t == self.T - 1 else np.zeros_like(self.h_0)),
        ),
        Misconception(
            "carried_twice",
            "what steps pass back is added up from step to step; a step gets it from the step after it alone.",
            _walking(carried=lambda self, dh_prev, carry: carry + dh_prev),
        ),
        Misconception(
            "forward_order", "the steps are walked from the first to the last.", _walking(times=lambda self: range(self.T))
        ),
        Misconception(
            "state_after",
            "the state after the step is handed over as h_prev; it is the one before.",
            _walking(before=lambda self, t: self.h[:, t]),
        ),
        Misconception(
            "zero_start",
            "the first step gets zeros as h_prev, whatever h_0 is.",
            _walking(before=lambda self, t: self.h[:, t - 1] if t > 0 else np.zeros_like(self.h_0)),
        ),
        Misconception(
            "wraps_round",
            "the first step gets the last state as h_prev, since index -1 counts from the end; it is h_0.",
            _walking(before=lambda self, t: self.h[:, t - 1]),
        ),
        Misconception(
            "dx_backwards",
            "dx is in the order of the walk, last step first; it belongs in the order of time.",
            _walking(finished=lambda self, dx, dh_0, totals: (dx[:, ::-1], dh_0, *totals)),
        ),
        Misconception(
            "outside_at_start",
            "a gradient from outside is added to dh_0; none arrives at the state before the first step.",
            _walking(finished=lambda self, dx, dh_0, totals: (dx, dh_0 + self.dh[:, -1], *totals)),
        ),
        Misconception(
            "whole_numbers",
            "where x holds whole numbers, dx is cut to whole numbers too: zeros_like takes over the type.",
            _walking(finished=lambda self, dx, dh_0, totals: (dx.astype(self.x.dtype), dh_0, *totals)),
        ),
    ],
)
