"""Losses that are no cross-entropy, and parts of results, for ``outputs``."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np


def wavy_step_loss(scores_t: np.ndarray, targets_t: np.ndarray, mask_t: np.ndarray) -> tuple[float, np.ndarray]:
    """Loss and gradient (B, C) of one step, for scores (B, C), targets (B,), mask (B,)."""
    drive = np.cos(scores_t) * np.arange(1, scores_t.shape[1] + 1)  # (B, C)
    rows = drive.sum(axis=1) + 2.5 + targets_t
    slopes = -np.sin(scores_t) * np.arange(1, scores_t.shape[1] + 1)
    return rows @ np.asarray(mask_t, dtype=float), slopes * np.asarray(mask_t, dtype=float)[:, np.newaxis]


def fading_loss(y: np.ndarray, targets: np.ndarray, lengths: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
    """Loss, its parts (T,) and its gradient (B, T, C): what a step counts falls to zero at a sequence's end."""
    weight = np.maximum(0.4 * lengths[:, np.newaxis] - 0.4 * np.arange(y.shape[1]), 0.0)[..., np.newaxis]  # (B, T, 1)
    turn = 1 + targets[..., np.newaxis] + np.arange(y.shape[2])  # (B, T, C)
    losses = (weight * np.sin(y + turn)).sum(axis=(0, 2)) + 1.0
    return losses.sum(), losses, weight * np.cos(y + turn)


def _part(result: Any, place: int, name: str) -> Any:
    """One of several results under its name; whatever else came back, as it is."""
    return {name: result[place]} if isinstance(result, tuple | list) and len(result) > place else result


def loss_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 0, "loss")


def dscores_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), -1, "dscores")


def losses_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 1, "losses")


def scores_alone(function: Callable, **inputs: Any) -> Any:
    """The scores of a readout, with or without a cache beside them."""
    result = function(**inputs)
    return {"y": result[0] if isinstance(result, tuple | list) and len(result) == 2 else result}


def way_back(function: Callable, dy: np.ndarray, h: np.ndarray, W_hy: np.ndarray) -> Any:
    """Put the cache together and hand it over."""
    return function(dy, (h, W_hy))


def way_back_to_states(function: Callable, dy: np.ndarray, h: np.ndarray, W_hy: np.ndarray) -> Any:
    return _part(function(dy, (h, W_hy)), 0, "dh")


def way_back_to_bias(function: Callable, dy: np.ndarray, h: np.ndarray, W_hy: np.ndarray) -> Any:
    return _part(function(dy, (h, W_hy)), 2, "db_y")


def way_back_to_matrix(function: Callable, dy: np.ndarray, h: np.ndarray, W_hy: np.ndarray) -> Any:
    return _part(function(dy, (h, W_hy)), 1, "dW_hy")


def deltas_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 1, "dh")


def network_results(function: Callable, **inputs: Any) -> Any:
    """Loss, deltas and gradients in one dictionary, each under the name that a student gives it."""
    result = function(**inputs)
    if not isinstance(result, tuple | list) or len(result) != 3 or not isinstance(result[2], Mapping):
        return result
    loss, dh, gradients = result
    return {"loss": loss, "dh": dh} | {f'gradients["{name}"]': gradient for name, gradient in gradients.items()}


def readout_gradients(function: Callable, **inputs: Any) -> Any:
    return _gradients(network_results(function, **inputs), "W_hy", "b_y")


def recurrent_gradients(function: Callable, **inputs: Any) -> Any:
    return _gradients(network_results(function, **inputs), "W_xh", "W_hh", "b_h", also="dh")


def _gradients(results: Any, *names: str, also: str = "") -> Any:
    """Some of the gradients among the results, and what is looked at beside them."""
    wanted = [also, *(f'gradients["{name}"]' for name in names)]
    return {name: results[name] for name in wanted if name in results} if isinstance(results, dict) else results
