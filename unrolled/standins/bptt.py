"""For ``bptt``: looks at parts of a result, a backward step of no network, a function to differentiate."""

from collections.abc import Callable
from typing import Any

import numpy as np

from unrolled.standins import by_name

LINEAR = ("dx", "dW", "db")
STEP = ("dx_t", "dh_prev", "dW_xh", "dW_hh", "db_h")


def _one(function: Callable, inputs: dict[str, Any], names: tuple[str, ...], name: str) -> dict[str, Any]:
    return {name: by_name(function(**inputs), names)[name]}


# linear_backward


def input_delta(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The delta of a linear layer's input."""
    return _one(function, inputs, LINEAR, "dx")


def matrix_gradient(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of its matrix."""
    return _one(function, inputs, LINEAR, "dW")


def bias_gradient(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of its bias."""
    return _one(function, inputs, LINEAR, "db")


# rnn_step_backward


def step_input_delta(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The delta of a step's input."""
    return _one(function, inputs, STEP, "dx_t")


def state_delta(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of the state before the step."""
    return _one(function, inputs, STEP, "dh_prev")


def input_matrix_gradient(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of the matrix from input to state."""
    return _one(function, inputs, STEP, "dW_xh")


def state_matrix_gradient(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of the matrix from state to state."""
    return _one(function, inputs, STEP, "dW_hh")


def step_bias_gradient(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of the step's bias."""
    return _one(function, inputs, STEP, "db_h")


# copy_gradients, rnn_backward, numerical_gradient


def wave_step_backward(
    dh_t: np.ndarray, x_t: np.ndarray, h_prev: np.ndarray, h_t: np.ndarray
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """A backward step of no network: dh_t (B, H) -> dh_prev (B, H) and the gradients of the copies of U, V and c."""
    through = dh_t * np.cos(h_t + 0.3)
    dh_prev = through[:, ::-1] * (0.4 + 0.5 * h_prev) + 0.3 * through
    copies = {
        "U": np.einsum("bd,bh->dh", np.cos(x_t), through),
        "V": np.einsum("bk,bh->kh", np.sin(h_prev), through),
        "c": 0.5 * through.sum(axis=0),
    }
    return dh_prev, copies


def summed_over_time(function: Callable, **inputs: object) -> dict[str, np.ndarray]:
    """What the gradients of all copies add up to."""
    return {f"{name}, added up": np.sum(copies, axis=0) for name, copies in function(**inputs).items()}


def bumpy(W: np.ndarray) -> float:
    """A number that depends on every entry of W in its own way, and on neighbours together."""
    flat = W.ravel()
    return float(np.sum(np.sin(flat * (1 + np.arange(flat.size) / 3))) + 0.5 * np.sum(flat[1:] * flat[:-1] ** 2))
