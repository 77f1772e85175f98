"""What the checks of ``project`` do around a class or a function: weights put in, calls, arrays taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from unrolled.late import Late
from unrolled.standins.tensors import as_array, two_by_name

if TYPE_CHECKING:
    from torch import Tensor

torch: Any = Late("torch")
Weights = dict[str, np.ndarray]


def _two(value: Any, names: tuple[str, str]) -> dict[str, Any]:
    return {name: as_array(one) for name, one in two_by_name(value, names).items()}


def _made(module: Callable, sizes: list[int], weights: Weights) -> Any:
    """A module of these sizes with these weights, in float64.

    Raises RuntimeError, which names them, if its parts have other names or sizes.
    """
    made = module(*sizes).double()
    made.load_state_dict({name: torch.from_numpy(array.copy()) for name, array in weights.items()})
    return made.eval()


def encoded(function: Callable, sizes: list[int], weights: Weights, x: np.ndarray, lengths: np.ndarray) -> Any:
    """States and first state of an encoder with the given weights."""
    module = _made(function, sizes, weights)
    return _two(module(torch.from_numpy(x), torch.from_numpy(lengths)), ("states", "h_0"))


def encoded_states(function: Callable, sizes: list[int], weights: Weights, x: np.ndarray, lengths: np.ndarray) -> Any:
    """The states at the letters, by sequence."""
    states = encoded(function, sizes, weights, x, lengths)["states"]
    return {f"states of sequence {b}": states[b, :length] for b, length in enumerate(lengths)}


def encoded_start(function: Callable, sizes: list[int], weights: Weights, x: np.ndarray, lengths: np.ndarray) -> Any:
    """The first state of the decoder alone."""
    return {"h_0": encoded(function, sizes, weights, x, lengths)["h_0"]}


def decoded(
    function: Callable,
    sizes: list[int],
    weights: Weights,
    w_prev: np.ndarray,
    h_prev: np.ndarray,
    states: np.ndarray,
    mask: np.ndarray,
) -> Any:
    """Scores and new state of a decoder with the given weights."""
    module = _made(function, sizes, weights)
    return _two(module(*(torch.from_numpy(array) for array in (w_prev, h_prev, states, mask))), ("scores", "h"))


def decoded_state(
    function: Callable,
    sizes: list[int],
    weights: Weights,
    w_prev: np.ndarray,
    h_prev: np.ndarray,
    states: np.ndarray,
    mask: np.ndarray,
) -> Any:
    """The new state alone."""
    return {"h": decoded(function, sizes, weights, w_prev, h_prev, states, mask)["h"]}


def _step(weights: Weights) -> Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]:
    """A network's step: a smooth function of the token before and of the state."""
    fed, state, scores = (torch.from_numpy(weights[name]) for name in ("fed", "state", "scores"))

    def step(w_prev: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        new = torch.tanh(fed[w_prev] + h @ state)
        return new @ scores, new

    return step


def greedily(function: Callable, weights: Weights, h_0: np.ndarray, start: int, stop: int, max_steps: int) -> Any:
    """The decoded sequences of a batch."""
    return function(_step(weights), torch.from_numpy(h_0), start, stop, max_steps)


def lengths_of_greedily(function: Callable, weights: Weights, h_0: np.ndarray, start: int, stop: int, max_steps: int) -> Any:
    """How many tokens each sequence of a batch has."""
    answers = greedily(function, weights, h_0, start, stop, max_steps)
    return {f"number of tokens of sequence {b}": len(tokens) for b, tokens in enumerate(answers)}


def by_beam(function: Callable, weights: Weights, h_0: np.ndarray, start: int, stop: int, width: int, max_steps: int) -> Any:
    """Tokens and log-probability found for one sequence."""
    found = function(_step(weights), torch.from_numpy(h_0), start, stop, width, max_steps)
    return _two(found, ("tokens", "log_probability"))


def tokens_by_beam(
    function: Callable, weights: Weights, h_0: np.ndarray, start: int, stop: int, width: int, max_steps: int
) -> Any:
    """The tokens alone."""
    return by_beam(function, weights, h_0, start, stop, width, max_steps)["tokens"]
