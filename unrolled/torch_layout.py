"""The one place where an LSTM's weights change between torch's layout and the course's.

torch writes W x + b with column vectors, so its matrices stand transposed: ``weight_ih`` is
(4H, D) and ``weight_hh`` is (4H, H). The gates come in the course's order, i, f, g, o. torch adds two
biases, ``bias_ih`` and ``bias_hh``, where the course has one: their sum is all that the network sees.
"""

from typing import Any

import numpy as np

NAMES = ("weight_ih", "weight_hh", "bias_ih", "bias_hh")


def lstm_from_torch(module: Any) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """W_xh (D, 4H), W_hh (H, 4H) and b (4H,) of an ``nn.LSTM`` with one layer and one direction, or of an ``nn.LSTMCell``.

    Raises ValueError for anything else.
    """
    arrays = {name.removesuffix("_l0"): p.detach().cpu().numpy() for name, p in module.named_parameters()}
    if tuple(arrays) != NAMES or arrays["weight_ih"].shape[0] != 4 * arrays["weight_hh"].shape[1]:
        raise ValueError("Wanted is an nn.LSTM with one layer, one direction and biases, or an nn.LSTMCell.")
    W_xh, W_hh = (np.ascontiguousarray(arrays[name].T) for name in NAMES[:2])
    return W_xh, W_hh, arrays["bias_ih"] + arrays["bias_hh"]


def lstm_to_torch(W_xh: np.ndarray, W_hh: np.ndarray, b: np.ndarray, suffix: str = "_l0") -> dict[str, np.ndarray]:
    """torch's four parameters for these weights, by name; all of the bias goes into the first one.

    W_xh: (D, 4H), W_hh: (H, 4H), b: (4H,)
    suffix: what the names end with, "_l0" for an ``nn.LSTM`` and "" for an ``nn.LSTMCell``
    """
    values = (np.ascontiguousarray(W_xh.T), np.ascontiguousarray(W_hh.T), b.copy(), np.zeros_like(b))
    return {name + suffix: value for name, value in zip(NAMES, values, strict=True)}
