"""A backward step that belongs to no network, functions to differentiate, and a sum over time, for ``bptt``."""

from collections.abc import Callable

import numpy as np


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
    return {name: np.sum(copies, axis=0) for name, copies in function(**inputs).items()}


def bumpy(W: np.ndarray) -> float:
    """A number that depends on every entry of W in its own way, and on neighbours together."""
    flat = W.ravel()
    return float(np.sum(np.sin(flat * (1 + np.arange(flat.size) / 3))) + 0.5 * np.sum(flat[1:] * flat[:-1] ** 2))
