"""A layer that is no network, and looks at parts of results, for ``architectures``."""

from collections.abc import Callable
from typing import Any

import numpy as np

from unrolled.standins import by_name
from unrolled.standins.rnn import wave_step

STATES = ("h", "h_last")
SPOKEN = ("scores", "tokens")


def tide_layer(x: np.ndarray, h_0: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """States (B, T, H) that look back and never ahead, for x (B, T, D), h_0 (B, H), weights (D, H).

    No recurrence: each state is a sum over the steps so far, in which every step counts in its own measure.
    """
    if x.ndim != 3 or h_0.ndim != 2 or len(x) != len(h_0):
        raise ValueError(f"layer was given x {x.shape} and h_0 {h_0.shape}; it wants (B, T, D) and (B, H), with the same B")
    step = np.arange(1, x.shape[1] + 1)[:, np.newaxis]  # (T, 1)
    so_far = np.cumsum(np.sqrt(step) * np.sin(x @ weights), axis=1)  # (B, T, H)
    return np.sin(0.6 * so_far + (0.7 + 0.5 / step) * h_0[:, np.newaxis])


def row_step(x_t: np.ndarray, h_prev: np.ndarray) -> np.ndarray:
    """A recurrence that is no network: x_t (B, E), h_prev (B, H) -> (B, H); it refuses inputs without a row for each."""
    if x_t.ndim != 2 or h_prev.ndim != 2 or len(x_t) != len(h_prev):
        raise ValueError(
            f"step was given x_t {x_t.shape} and h_prev {h_prev.shape}; it wants (B, E) and (B, H), with the same B"
        )
    return wave_step(x_t, h_prev)


def states_alone(function: Callable, **inputs: Any) -> dict[str, Any]:
    """All states, without the last ones."""
    return {"h": by_name(function(**inputs), STATES)["h"]}


def last_alone(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The last states alone."""
    return {"h_last": by_name(function(**inputs), STATES)["h_last"]}


def true_steps(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The states of each sequence's own steps; the others are left out and count as zero."""
    h = np.asarray(by_name(function(**inputs), STATES)["h"])
    x, lengths = inputs["x"], inputs["lengths"]
    if h.ndim != 3 or h.shape[:2] != x.shape[:2]:
        return {"h": h}
    running = np.arange(x.shape[1]) < lengths[:, np.newaxis]
    return {"h": np.where(running[..., np.newaxis], h, 0.0)}


def scores_alone(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The scores, without the tokens."""
    return {"scores": by_name(function(**inputs), SPOKEN)["scores"]}


def tokens_alone(function: Callable, **inputs: Any) -> dict[str, Any]:
    """The tokens, without the scores."""
    return {"tokens": by_name(function(**inputs), SPOKEN)["tokens"]}
