"""Checks of ``lstm_backward``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.lstm.common import back_of, before, small
from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import lstm as parts
from unrolled.standins import stand_in


def sequence_cases(rng: np.random.Generator) -> list[Case]:
    cases = []
    for B, T, D, H in [(2, 5, 3, 4), (1, 3, 2, 4), (3, 1, 2, 1), (2, 3, 1, 1)]:
        shapes = {"dh": (B, T, H), "x": (B, T, D), "h_0": (B, H), "c_0": (B, H), "h": (B, T, H), "c": (B, T, H)}
        cases.append(
            {name: rng.normal(size=shape) for name, shape in shapes.items()}
            | {
                "gates": rng.uniform(0.1, 0.9, size=(B, T, 4 * H)),
                "W_xh": rng.normal(size=(D, 4 * H)) / np.sqrt(D),
                "W_hh": rng.normal(size=(H, 4 * H)) / np.sqrt(H),
                "step_backward": stand_in(parts.mixing_backward),
            }
        )
    return cases


def last_step(case: Case) -> Case:
    """Only the last step."""
    return case | {name: case[name][:, -1:] for name in ("dh", "x", "h", "c", "gates")}


def _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward, **other):
    """The way back with some of its parts replaced: see the misconceptions."""
    T = x.shape[1]
    h_prev, c_prev = other.get("h_prev", before(h_0, h)), other.get("c_prev", before(c_0, c))
    da, dh_next, dc_next = np.empty_like(gates), np.zeros_like(h_0), np.zeros_like(c_0)
    feed = other.get("feed", lambda dh_prev, dc_prev: (dh_prev, dc_prev))
    for t in other.get("steps", reversed(range(T))):
        direct = dh[:, t] if other.get("direct", lambda t: True)(t) else 0.0
        da[:, t], *back = step_backward(
            direct + dh_next, dc_next, c_prev[:, t], other.get("c_t", c)[:, t], gates[:, t], W_hh
        )
        dh_next, dc_next = feed(*back)
    chosen = other.get("chosen", slice(None))
    dW_xh, dW_hh = (np.einsum("btd,btk->dk", v[:, chosen], da[:, chosen]) for v in (x, h_prev))
    return da @ W_xh.T, back[0], back[1], dW_xh, dW_hh, da[:, chosen].sum(axis=(0, 1))


def walk_with(**other) -> Callable:
    """The way back with the same replacement whatever the inputs are."""
    return walk_by(lambda **inputs: other)


def walk_by(change: Callable) -> Callable:
    """The way back with the replacement that ``change(**inputs)`` says."""

    def backward(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
        other = change(h_0=h_0, c_0=c_0, h=h, c=c)
        return _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward, **other)

    return backward


def walk_averaged(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    *others, dW_xh, dW_hh, db = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    return (*others, dW_xh / len(x), dW_hh / len(x), db / len(x))


def walk_averaged_over_time(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    *others, dW_xh, dW_hh, db = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    return (*others, *(total / x.shape[1] for total in (dW_xh, dW_hh, db)))


def walk_db_per_sequence(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    *others, db = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    return (*others, np.outer(np.ones(len(x)), db))


def walk_starts_exchanged(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    dx, dh_0, dc_0, *others = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    return (dx, dc_0, dh_0, *others)


def walk_dx_reversed(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    dx, *others = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    return (dx[:, ::-1], *others)


def walk_in_place(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    c_prev, dh_next, dc_next = before(c_0, c), np.zeros_like(h_0), np.zeros_like(c_0)
    result = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    for t in reversed(range(x.shape[1])):
        dh[:, t] += dh_next
        _, dh_next, dc_next = step_backward(dh[:, t], dc_next, c_prev[:, t], c[:, t], gates[:, t], W_hh)
    return result


def walk_own_step(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    return _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, back_of)


def several(part: Callable, *silent: str) -> Callable[[Case], Case | None]:
    return lambda case: zeroed(case, *silent) | {"around": stand_in(part)} if case["x"].shape[1] > 1 else None


LSTM_BACKWARD = Exercise(
    name="lstm_backward",
    chapter="lstm",
    section="sec-lstm-backward",
    cases=sequence_cases,
    axes={"dx": "BtD", "dh_0": "BH", "dc_0": "BH", "dW_xh": "RK", "dW_hh": "RK", "db": "K"},
    behaviours=[
        Behaviour("last", "begins at the last step with dh alone, and with zeros from beyond it", 1, last_step),
        Behaviour(
            "dx",
            "adds up in each step what the loss and the next step ask of h_t, and hands on dc",
            2,
            several(parts.input_gradients),
        ),
        Behaviour("start", "gives what reaches both initial states", 1, several(parts.start_gradients)),
        Behaviour(
            "dW_xh", "adds up the gradients of W_xh and b over all steps and sequences", 2, several(parts.input_weights)
        ),
        Behaviour("dW_hh", "gives W_hh the states before the steps times their deltas", 1, several(parts.state_weights)),
        Behaviour("inputs", "gives all six and leaves its inputs as they were", 1, small, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "overwritten",
            "each step overwrites the weights' gradients instead of adding to them: only the first step's share is left.",
            walk_with(chosen=slice(0, 1)),
        ),
        Misconception(
            "last_step_only",
            "only the last step's share of the weights' gradients is there.",
            walk_with(chosen=slice(-1, None)),
        ),
        Misconception(
            "no_dh_next",
            "what comes back from the next step into h is forgotten: each step gets dh alone.",
            walk_with(feed=lambda dh_prev, dc_prev: (0 * dh_prev, dc_prev)),
        ),
        Misconception(
            "no_dc_next",
            "what comes back from the next step into the cell state is forgotten: every step gets zeros for dc_t.",
            walk_with(feed=lambda dh_prev, dc_prev: (dh_prev, 0 * dc_prev)),
        ),
        Misconception(
            "neither_next",
            "nothing comes back from the next step: each step is treated as if it were the last.",
            walk_with(feed=lambda dh_prev, dc_prev: (0 * dh_prev, 0 * dc_prev)),
        ),
        Misconception(
            "own_loss_forgotten",
            "dh counts at the last step only; the loss may ask something of every h_t.",
            walk_by(lambda h, **_: {"direct": lambda t: t == h.shape[1] - 1}),
        ),
        Misconception(
            "exchanged",
            "dh_prev and dc_prev are handed on in each other's place.",
            walk_with(feed=lambda dh_prev, dc_prev: (dc_prev, dh_prev)),
        ),
        Misconception(
            "forwards",
            "the walk goes from the first step to the last; gradients come from the end.",
            walk_by(lambda h, **_: {"steps": range(h.shape[1])}),
        ),
        Misconception(
            "h_t_for_h_prev",
            "dW_hh is made of the state after each step; what W_hh multiplied is the state before it.",
            walk_by(lambda h, **_: {"h_prev": h}),
        ),
        Misconception(
            "c_t_for_c_prev",
            "c_t is handed over as c_prev; the cell state before step t is the one after step t - 1.",
            walk_by(lambda c, **_: {"c_prev": c}),
        ),
        Misconception(
            "c_one_late",
            "the cell state before the step is handed over as c_t.",
            walk_by(lambda c_0, c, **_: {"c_t": before(c_0, c)}),
        ),
        Misconception(
            "zero_start",
            "zeros stand for the states before the first step; they are h_0 and c_0.",
            walk_by(lambda h_0, c_0, h, c: {"h_prev": before(0 * h_0, h), "c_prev": before(0 * c_0, c)}),
        ),
        Misconception(
            "h_0_zero",
            "zeros stand for the hidden state before the first step in dW_hh; it is h_0.",
            walk_by(lambda h_0, h, **_: {"h_prev": before(0 * h_0, h)}),
        ),
        Misconception(
            "wraps_around",
            "index -1 means the last step: before the first step come h_0 and c_0.",
            walk_by(lambda h, c, **_: {"h_prev": np.roll(h, 1, axis=1), "c_prev": np.roll(c, 1, axis=1)}),
        ),
        Misconception("averaged", "the weights' gradients are averaged over the batch; wanted is the sum.", walk_averaged),
        Misconception(
            "averaged_over_time",
            "the weights' gradients are averaged over the steps; wanted is the sum.",
            walk_averaged_over_time,
        ),
        Misconception("db_per_sequence", "db has a row for each sequence; one bias serves them all.", walk_db_per_sequence),
        Misconception(
            "dx_reversed",
            "dx stands in the order of the walk, the last step first; wanted is the order of time.",
            walk_dx_reversed,
        ),
        Misconception("starts_exchanged", "dh_0 and dc_0 come back in each other's place.", walk_starts_exchanged),
        Misconception(
            "own_step", "the step_backward that was handed in is not called; what runs is an LSTM's own.", walk_own_step
        ),
        Misconception("in_place", "dh is changed in place; the caller may still need it.", walk_in_place),
    ],
)
