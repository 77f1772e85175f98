"""For ``bptt``: a look at a part of a result, a backward step of no network, a function to differentiate."""

from collections.abc import Callable
from typing import Any

import numpy as np

from unrolled.standins import by_name


def part_of(function: Callable, names: list[str], part: str, **inputs: Any) -> dict[str, Any]:
    """One of the values that come back; names: those of all of them, in their order."""
    return {part: by_name(function(**inputs), tuple(names))[part]}


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
