"""For ``language_model``: a network and a draw without chance, counts of drawn tokens, and a loss to train on."""

from collections.abc import Callable
from typing import Any

import numpy as np

DRAWS = 600  # independent draws behind every table of frequencies

# a draw without chance, and a network that is none


def fixed_draw(scores: np.ndarray) -> np.ndarray:
    """A token for each row of scores (B, V) -> (B,): not the best one, and the same for the same scores."""
    return np.sin(5 * scores + np.arange(scores.shape[1])).argmax(axis=1)


def wave_network(tokens: np.ndarray, h: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Scores (B, V) and the next state (B, H), from tokens (B,) and a state (B, H); V = H + 3."""
    tokens = np.asarray(tokens)
    if tokens.shape != (len(h),):
        raise ValueError(f"step got tokens of shape {tokens.shape}; expected ({len(h)},), one for each row of h")
    h_next = np.sin(1.3 * h + np.cos(1.9 * tokens[:, np.newaxis] + np.arange(h.shape[1])))
    places = np.arange(h.shape[1] + 3)
    return np.cos(h_next.sum(axis=1, keepdims=True) + places) + 0.4 * np.sin(tokens[:, np.newaxis] * (places + 1)), h_next


def _part(result: Any, place: int, name: str) -> Any:
    """One of two results under its name; whatever else came back, as it is."""
    return {name: result[place]} if isinstance(result, tuple | list) and len(result) == 2 else result


def entries(function: Callable, **inputs: Any) -> Any:
    """The list of a vocabulary's tokens alone."""
    return _part(function(**inputs), 0, "tokens")


def numbers(function: Callable, **inputs: Any) -> Any:
    """The dictionary of a vocabulary alone."""
    return _part(function(**inputs), 1, "index")


def shifted_pairs(shift_targets: Callable, **inputs: Any) -> Any:
    """Inputs and targets alone."""
    result = shift_targets(**inputs)
    return {"inputs": result[0], "targets": result[1]} if isinstance(result, tuple | list) and len(result) == 3 else result


def pairs_counted(shift_targets: Callable, **inputs: Any) -> Any:
    """The numbers of pairs alone."""
    result = shift_targets(**inputs)
    return {"lengths": result[2]} if isinstance(result, tuple | list) and len(result) == 3 else result


def first_token(generate: Callable, **inputs: Any) -> Any:
    """The tokens (B, 1) after one step."""
    return _part(generate(**inputs | {"most": 1}), 0, "tokens")


def tokens_written(function: Callable, **inputs: Any) -> Any:
    """The tokens alone."""
    return _part(function(**inputs), 0, "tokens")


def lengths_written(function: Callable, **inputs: Any) -> Any:
    """The lengths alone."""
    return _part(function(**inputs), 1, "lengths")


# how often a token is drawn


def _drawn(sample_token: Callable, p: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The tokens (B,) of one call; says so if anything else comes back."""
    tokens = np.asarray(sample_token(p, rng))
    if tokens.shape != (len(p),) or tokens.dtype.kind not in "iu":
        raise ValueError(f"what came back has shape {tokens.shape} and dtype {tokens.dtype}; expected {len(p)} integers")
    return tokens


def frequencies(sample_token: Callable, p: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """How often each token comes for one row p (1, V) in 600 calls with one generator: (V,)."""
    rng = np.random.default_rng(seed)
    tokens = np.array([_drawn(sample_token, p, rng)[0] for _ in range(DRAWS)])
    return {"frequency of each token": _share(tokens, p.shape[1])}


def frequencies_of_many(sample_token: Callable, p: np.ndarray, seed: int) -> dict[str, Any]:
    """The same for one row p (1, V) with impossible tokens in it, and whether one of these came."""
    tables = frequencies(sample_token, p, seed)
    came = bool(np.asarray(tables["frequency of each token"])[p[0] == 0].any())
    return tables | {"a token with probability 0 came": np.array(came)}


def frequencies_of_rows(sample_token: Callable, p: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """How often each token comes in each row of p (B, V), in 120 calls with 5 copies of it: (B, V)."""
    tokens = [_drawn(sample_token, np.tile(p, (5, 1)), rng) for rng in _generators(seed)]
    return {"frequency in each row": _by_row(tokens, p)}


def frequencies_and_p(sample_token: Callable, p: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """The same with one array for all calls, and its first rows as they are afterwards."""
    copies = np.tile(p, (5, 1))
    tokens = [_drawn(sample_token, copies, rng) for rng in _generators(seed)]
    return {"frequency in each row": _by_row(tokens, p), "p after the calls": copies[: len(p)]}


def pairs_of_rows(sample_token: Callable, p: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """How often each pair of tokens comes in two neighbouring rows of one call, p (1, V): (V, V)."""
    tokens = [_drawn(sample_token, np.tile(p, (10, 1)), rng) for rng in _generators(seed)]
    first, second = np.concatenate(tokens).reshape(-1, 2).T
    return {"frequency of pairs in two rows": _pairs(first, second, p.shape[1])}


def pairs_of_calls(sample_token: Callable, p: np.ndarray, seed: int) -> dict[str, np.ndarray]:
    """How often each pair of tokens comes in two calls whose generators are in the same state, p (1, V): (V, V)."""
    first, second = (_drawn(sample_token, np.tile(p, (DRAWS, 1)), np.random.default_rng(seed)) for _ in range(2))
    return {"frequency of pairs in two calls with the same generator": _pairs(first, second, p.shape[1])}


def _generators(seed: int) -> list[np.random.Generator]:
    return [np.random.default_rng([seed, call]) for call in range(120)]


def _by_row(tokens: list[np.ndarray], p: np.ndarray) -> np.ndarray:
    rows = np.concatenate(tokens).reshape(-1, len(p))  # (DRAWS, B)
    return np.stack([_share(row, p.shape[1]) for row in rows.T])


def _share(tokens: np.ndarray, V: int) -> np.ndarray:
    return (tokens[:, np.newaxis] == np.arange(V)).mean(axis=0)


def _pairs(first: np.ndarray, second: np.ndarray, V: int) -> np.ndarray:
    places = np.arange(V)
    return ((first[:, np.newaxis] == places)[:, :, np.newaxis] & (second[:, np.newaxis] == places)[:, np.newaxis]).mean(
        axis=0
    )


# training


def bumpy_loss(parameters: dict[str, np.ndarray], batch: np.ndarray) -> tuple[float, dict[str, np.ndarray]]:
    """A loss of W (D, H), b (H,) on a batch (B, D), and its gradients."""
    a = batch @ parameters["W"] + parameters["b"]  # (B, H)
    slopes = np.cos(a) * np.arange(1, a.shape[1] + 1) / len(batch)
    loss = 1.5 * a.shape[1] ** 2 + (np.sin(a) * np.arange(1, a.shape[1] + 1)).sum() / len(batch)
    return float(loss), {"W": batch.T @ slopes, "b": slopes.sum(axis=0)}


def parameters_afterwards(train: Callable, **inputs: Any) -> Any:
    """The trained parameters alone."""
    return _part(train(**inputs), 0, "parameters")


def losses_reported(train: Callable, **inputs: Any) -> Any:
    """The losses alone."""
    return _part(train(**inputs), 1, "losses")
