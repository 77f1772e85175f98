"""What the checks of ``lstm`` have in common."""

from collections.abc import Callable

import numpy as np

from autograder.checks.shared import sigmoid, zeroed
from autograder.checks.spec import Case
from unrolled.standins import stand_in


def looking_at(part: Callable, *silent: str) -> Callable[[Case], Case]:
    """Cases in which some inputs are zero and one part of the result is looked at."""
    return lambda case: zeroed(case, *silent) | {"around": stand_in(part)}


def small(case: Case) -> Case | None:
    """Only the small cases: enough to see whether inputs were changed."""
    largest = max(value.size for value in case.values() if isinstance(value, np.ndarray))
    return dict(case) if largest <= 24 else None


FOUR = ("i", "f", "g", "o")


def gate_sums(x_t, h_prev, c_prev, W_xh, W_hh, b):
    return x_t @ W_xh + h_prev @ W_hh + b


def squashed_gates(a, **other):
    """i, f, g, o of the sums, with another non-linearity for some of them."""
    functions = {"i": sigmoid, "f": sigmoid, "g": np.tanh, "o": sigmoid} | other
    return {name: functions[name](part) for name, part in zip(FOUR, np.split(a, 4, axis=1), strict=True)}


def step_of(inputs, a=None, order=FOUR, cell=None, output=None, **other):
    """A step with something exchanged.

    order: the names under which the four quarters of the sums are used; cell, output: other equations for c_t and h_t
    other: another non-linearity for some of the four
    """
    a = gate_sums(**inputs) if a is None else a
    quarters = dict(zip(order, np.split(a, 4, axis=1), strict=True))
    four = squashed_gates(np.concatenate([quarters[name] for name in FOUR], axis=1), **other)
    c_prev = inputs["c_prev"]
    c_t = cell(**four) if cell else four["f"] * c_prev + four["i"] * four["g"]
    h_t = output(o=four["o"], c_t=c_t) if output else four["o"] * np.tanh(c_t)
    return h_t, c_t, np.concatenate([four[name] for name in order], axis=1)


def locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b):
    return {"x_t": x_t, "h_prev": h_prev, "c_prev": c_prev, "W_xh": W_xh, "W_hh": W_hh, "b": b}


def back_of(dh_t, dc_t, c_prev, c_t, gates, W_hh, **other):
    """The way back with some of its parts replaced.

    other: "dc" of everything, "deltas" of i, f, g, o as functions of everything, or "dc_prev"
    """
    i, f, g, o = np.split(gates, 4, axis=1)
    tanh_c = np.tanh(c_t)
    v = {"i": i, "f": f, "g": g, "o": o, "tanh_c": tanh_c, "dh_t": dh_t, "dc_t": dc_t, "c_prev": c_prev, "c_t": c_t}
    v["dc"] = other["dc"](v) if "dc" in other else dc_t + dh_t * o * (1 - tanh_c**2)
    v |= {
        "da_i": v["dc"] * g * i * (1 - i),
        "da_f": v["dc"] * c_prev * f * (1 - f),
        "da_g": v["dc"] * i * (1 - g**2),
        "da_o": dh_t * tanh_c * o * (1 - o),
    }
    v |= {name: function(v) for name, function in other.items() if name.startswith("da_")}
    order = other.get("order", FOUR)
    da = np.concatenate([v[f"da_{name}"] for name in order], axis=1)
    return da, da @ W_hh.T, other["dc_prev"](v) if "dc_prev" in other else v["dc"] * f


def before(s_0, s):
    return np.concatenate([s_0[:, None], s[:, :-1]], axis=1)
