"""What the checks of ``gru`` hand in: looks at single results of a function, and a step backward that is no network."""

from collections.abc import Callable
from typing import Any

import numpy as np

from unrolled.standins import by_name

STEP = ("h_t", "r", "z", "n")
GRADIENTS = ("dx_t", "dh_prev", "dW_xh", "dW_hh", "db_x", "db_h")
SEQUENCE_GRADIENTS = ("dx", "dh_0", *GRADIENTS[2:])
WEIGHTS = ("W_xh", "W_hh", "b_x", "b_h")


def _named(function: Callable, inputs: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The values that ``function`` returns, by name."""
    return by_name(function(**inputs), names)


def _some(named: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: named[name] for name in names}


# gru_from_torch


def matrices(function: Callable, **inputs: Any) -> dict[str, Any]:
    """W_xh and W_hh of what comes back."""
    return _some(_named(function, inputs, WEIGHTS), "W_xh", "W_hh")


def biases(function: Callable, **inputs: Any) -> dict[str, Any]:
    """b_x and b_h of what comes back."""
    return _some(_named(function, inputs, WEIGHTS), "b_x", "b_h")


# gru_step


def reset_gate(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The reset gate that a step returns."""
    return _some(_named(function, inputs, STEP), "r")


def update_gate(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The update gate that a step returns."""
    return _some(_named(function, inputs, STEP), "z")


def gates_and_candidate(function: Callable, **inputs: Any) -> dict[str, Any]:
    """Both gates and the candidate that a step returns."""
    return _some(_named(function, inputs, STEP), "r", "z", "n")


def candidate(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The candidate that a step returns."""
    return _some(_named(function, inputs, STEP), "n")


def new_state(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The state that a step returns."""
    return _some(_named(function, inputs, STEP), "h_t")


# gru_step_backward


def _block(gradient: Any, which: int, H: int) -> np.ndarray:
    """The entries of one gate in an array with three gates in its last axis."""
    return np.asarray(gradient)[..., which * H : (which + 1) * H]


def reset_columns(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The reset gate's part of db_x."""
    gradients = _named(function, inputs, GRADIENTS)
    return {"db_x of r": _block(gradients["db_x"], 0, inputs["h_prev"].shape[1])}


def update_columns(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The update gate's part of db_x."""
    gradients = _named(function, inputs, GRADIENTS)
    return {"db_x of z": _block(gradients["db_x"], 1, inputs["h_prev"].shape[1])}


def candidate_columns(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The candidate's part of both biases' gradients."""
    gradients, H = _named(function, inputs, GRADIENTS), inputs["h_prev"].shape[1]
    return {"db_x of n": _block(gradients["db_x"], 2, H), "db_h of n": _block(gradients["db_h"], 2, H)}


def state_gradient(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of the state before the step."""
    return _some(_named(function, inputs, GRADIENTS), "dh_prev")


def input_gradient(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of the input."""
    return _some(_named(function, inputs, GRADIENTS), "dx_t")


def matrix_gradients(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradients of both matrices."""
    return _some(_named(function, inputs, GRADIENTS), "dW_xh", "dW_hh")


def all_gradients(function: Callable, **inputs: Any) -> dict[str, Any]:
    """All six gradients of a step."""
    return _named(function, inputs, GRADIENTS)


# gru_backward


def mixing_backward(
    dh_t: np.ndarray, x_t: np.ndarray, h_prev: np.ndarray, r_t: np.ndarray, z_t: np.ndarray, n_t: np.ndarray
) -> tuple[np.ndarray, ...]:
    """A way back through no network: six arrays of the right shapes, each changed by every argument."""
    mixed = np.sin(dh_t + 0.7 * h_prev) + 0.3 * np.cos(r_t + 2 * z_t - n_t)  # (B, H)
    moved = np.cos(x_t) + mixed.sum(axis=1, keepdims=True)  # (B, D)
    three = np.concatenate([mixed, 0.5 - mixed, np.cos(mixed)], axis=1)  # (B, 3H)
    passed_back = 0.6 * mixed + 0.2 * moved.mean(axis=1, keepdims=True)
    return moved, passed_back, np.sin(moved).T @ three, mixed.T @ three, three[0], three.sum(axis=0)


def sequence_inputs(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradients of all inputs."""
    return _some(_named(function, inputs, SEQUENCE_GRADIENTS), "dx")


def sequence_start(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of the initial state."""
    return _some(_named(function, inputs, SEQUENCE_GRADIENTS), "dh_0")


def sequence_parameters(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradients of all parameters."""
    return _some(_named(function, inputs, SEQUENCE_GRADIENTS), *GRADIENTS[2:])
