"""Steps and layers that are no networks, for ``unrolled_net`` and ``rnn``."""

import numpy as np


def wave_step(x_t: np.ndarray, h_prev: np.ndarray) -> np.ndarray:
    """A recurrence that is no network: x_t (B, D), h_prev (B, H) -> (B, H)."""
    drive = np.cos(x_t * np.arange(1, x_t.shape[1] + 1)).sum(axis=1, keepdims=True)
    return np.sin(1.7 * h_prev + drive) - 0.3 * h_prev


def wave_layer(x_t: np.ndarray, a_prev: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """A layer that is no network: x_t (B, D), a_prev (B, H), W (D+H, H), b (H,) -> (B, H)."""
    D = x_t.shape[1]
    both = np.concatenate([x_t, a_prev], axis=1)  # refuses an activation without a row for each sequence
    drive = np.cos(both[:, :D] * np.arange(1, D + 1)).sum(axis=1, keepdims=True)
    return np.sin(1.7 * both[:, D:] * W.sum(axis=0) + drive) + b
