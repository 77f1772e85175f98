"""What the checks of ``lstm`` hand in: looks at parts of a result, and steps that are no network."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np

from unrolled.standins import by_name

STEP = ("h_t", "c_t", "gates")
BACK = ("da", "dh_prev", "dc_prev")
SEQUENCE = ("h", "c", "gates")
GRADIENTS = ("dx", "dh_0", "dc_0", "dW_xh", "dW_hh", "db")


def _named(function: Callable, inputs: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The values that ``function`` returns, by name."""
    return by_name(function(**inputs), names)


def _quarter(values: Any, which: int, H: int) -> Any:
    """The part of one of the four in an array that should hold them side by side; anything else comes back as it is."""
    with suppress(ValueError):  # lists in a list, of the same lengths
        values = np.asarray(values) if isinstance(values, list | tuple) else values
    if not isinstance(values, np.ndarray) or values.shape[-1:] != (4 * H,):
        return values
    return values[..., which * H : (which + 1) * H]


# lstm_step


def _gate(function: Callable, inputs: dict[str, Any], which: int) -> Any:
    return _quarter(_named(function, inputs, STEP)["gates"], which, inputs["h_prev"].shape[1])


def input_gate(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The first quarter of the gates that a step returns."""
    return {"i": _gate(function, inputs, 0)}


def forget_gate(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The second quarter."""
    return {"f": _gate(function, inputs, 1)}


def candidate(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The third quarter."""
    return {"g": _gate(function, inputs, 2)}


def output_gate(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The last quarter."""
    return {"o": _gate(function, inputs, 3)}


def all_four(function: Callable, **inputs: Any) -> dict[str, Any]:
    """Everything that a step returns as gates."""
    return {"gates": _named(function, inputs, STEP)["gates"]}


def new_cell_state(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The cell state that a step returns."""
    return {"c_t": _named(function, inputs, STEP)["c_t"]}


def new_hidden_state(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The hidden state that a step returns."""
    return {"h_t": _named(function, inputs, STEP)["h_t"]}


# lstm_forward


def mixing_step(
    x_t: np.ndarray, h_prev: np.ndarray, c_prev: np.ndarray, W_xh: np.ndarray, W_hh: np.ndarray, b: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A step that is no network: shapes as in an LSTM; two states (B, H) and an array (B, 4H) come back."""
    weighed = np.cos(x_t * W_xh.sum(axis=1)).sum(axis=1, keepdims=True) + b.mean()  # (B, 1)
    c_t = 0.8 * np.cos(c_prev - 0.6 * h_prev) + 0.3 * np.sin(weighed)
    h_t = np.sin(1.3 * h_prev * W_hh.sum(axis=1) + weighed) - 0.4 * c_t
    return h_t, c_t, np.concatenate([h_t + weighed, c_prev - h_t, np.sin(c_t), h_prev * c_t], axis=1)


def hidden_states(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The hidden states of all steps."""
    return {"h": _named(function, inputs, SEQUENCE)["h"]}


def cell_states(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The cell states of all steps."""
    return {"c": _named(function, inputs, SEQUENCE)["c"]}


def gates_of_all_steps(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gates of all steps."""
    return {"gates": _named(function, inputs, SEQUENCE)["gates"]}


# lstm_step_backward


def _delta(function: Callable, inputs: dict[str, Any], which: int) -> Any:
    return _quarter(_named(function, inputs, BACK)["da"], which, inputs["c_t"].shape[1])


def input_delta(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The first quarter of da."""
    return {"da of i": _delta(function, inputs, 0)}


def forget_delta(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The second quarter of da."""
    return {"da of f": _delta(function, inputs, 1)}


def candidate_delta(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The third quarter of da."""
    return {"da of g": _delta(function, inputs, 2)}


def output_delta(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The last quarter of da."""
    return {"da of o": _delta(function, inputs, 3)}


def cell_deltas(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The three quarters of da that the cell state's gradient reaches."""
    da, H = _named(function, inputs, BACK)["da"], inputs["c_t"].shape[1]
    return {f"da of {name}": _quarter(da, which, H) for which, name in enumerate("ifg")}


def state_delta(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of the hidden state before the step."""
    return {"dh_prev": _named(function, inputs, BACK)["dh_prev"]}


def cell_state_delta(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of the cell state before the step."""
    return {"dc_prev": _named(function, inputs, BACK)["dc_prev"]}


# lstm_backward


def mixing_backward(
    dh_t: np.ndarray, dc_t: np.ndarray, c_prev: np.ndarray, c_t: np.ndarray, gates_t: np.ndarray, W_hh: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A way back through no network: arrays of the right shapes, each changed by every argument."""
    mixed = np.sin(dh_t + 0.7 * c_prev) + 0.3 * np.cos(dc_t - 2 * c_t)  # (B, H)
    spread = np.cos(gates_t + W_hh.mean(axis=0)) * mixed.sum(axis=1, keepdims=True)  # (B, 4H)
    back = spread.mean(axis=1, keepdims=True)
    return spread - 0.2 * gates_t, 0.6 * mixed + back, np.cos(mixed) - 0.5 * dh_t * back


def input_gradients(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradients of all inputs."""
    return {"dx": _named(function, inputs, GRADIENTS)["dx"]}


def start_gradients(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradients of both initial states."""
    named = _named(function, inputs, GRADIENTS)
    return {"dh_0": named["dh_0"], "dc_0": named["dc_0"]}


def input_weights(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradients of W_xh and of the bias."""
    named = _named(function, inputs, GRADIENTS)
    return {"dW_xh": named["dW_xh"], "db": named["db"]}


def state_weights(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The gradient of W_hh."""
    return {"dW_hh": _named(function, inputs, GRADIENTS)["dW_hh"]}
