"""Checks of ``unrolled_forward``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import stand_in
from unrolled.standins.rnn import wave_layer


def net_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 4, 4, 2, 5), (4, 3, 7, 2, 5), (1, 1, 6, 3, 2), (2, 5, 8, 1, 3), (1, 2, 3, 4, 1)]  # (B, T, N, D, H)
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "W_layers": rng.normal(size=(N, D + H, H)),
            "b_layers": rng.normal(size=(N, H)),
            "layer": stand_in(wave_layer),
        }
        for B, T, N, D, H in sizes
    ]


def full_length(case: Case) -> Case | None:
    """Only sequences as long as the net."""
    return dict(case) if case["x"].shape[1] == len(case["b_layers"]) else None


def shorter(case: Case) -> Case | None:
    """Only sequences shorter than the net."""
    return dict(case) if case["x"].shape[1] < len(case["b_layers"]) else None


def full_and_too_long(case: Case) -> Case | None:
    """Sequences as long as the net, and the same net with its first layers taken off."""
    N, T = len(case["b_layers"]), case["x"].shape[1]
    keep = T if N == T else T - 1
    if keep == 0:
        return None
    return case | {"W_layers": case["W_layers"][-keep:], "b_layers": case["b_layers"][-keep:]}


def _run(x, W_layers, b_layers, layer, a, numbers):
    for t, number in enumerate(numbers):
        a = layer(x[:, t], a, W_layers[number], b_layers[number])
    return a


def _refuse_long(x, b_layers):
    if x.shape[1] > len(b_layers):
        raise ValueError("too long")


def left_aligned(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    return _run(x, W_layers, b_layers, layer, np.zeros((len(x), b_layers.shape[1])), range(x.shape[1]))


def ones_virtual(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    N, T = len(b_layers), x.shape[1]
    return _run(x, W_layers, b_layers, layer, np.ones((len(x), b_layers.shape[1])), range(N - T, N))


def same_layer(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    return _run(x, W_layers, b_layers, layer, np.zeros((len(x), b_layers.shape[1])), [-1] * x.shape[1])


def one_too_early(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    N, T = len(b_layers), x.shape[1]
    zeros = np.zeros((len(x), b_layers.shape[1]))
    return _run(x, W_layers, b_layers, layer, zeros, range(N - T - 1, N - 1))


def reversed_input(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    N, T = len(b_layers), x.shape[1]
    zeros = np.zeros((len(x), b_layers.shape[1]))
    return _run(x[:, ::-1], W_layers, b_layers, layer, zeros, range(N - T, N))


def padding_runs(x, W_layers, b_layers, layer):
    _refuse_long(x, b_layers)
    B, T, D = x.shape
    N, H = b_layers.shape
    padded = np.concatenate([np.zeros((B, N - T, D)), x], axis=1)
    return _run(padded, W_layers, b_layers, layer, np.zeros((B, H)), range(N))


UNROLLED_FORWARD = Exercise(
    name="unrolled_forward",
    chapter="unrolled",
    section="sec-right-aligned",
    cases=net_cases,
    axes="BH",
    behaviours=[
        Behaviour("full", "runs a sequence as long as the net through all layers in order", 2, full_length),
        Behaviour("shorter", "uses the last T layers for a shorter sequence, from a layer of zeros", 3, shorter),
        Behaviour("too_long", "raises ValueError for a sequence that is too long, and only then", 1, full_and_too_long),
        Behaviour("inputs", "gives the right result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "left_aligned",
            "a short sequence uses the first layers; then its last element does not meet the last layer.",
            left_aligned,
        ),
        Misconception("ones_virtual", "the virtual layer is filled with ones; it must be zeros.", ones_virtual),
        Misconception(
            "one_too_early",
            "every element goes into the layer before its own: layer l is W_layers[l - 1], and the last is W_layers[N - 1].",
            one_too_early,
        ),
        Misconception("same_layer", "every element goes through the weights of the last layer.", same_layer),
        Misconception("reversed_input", "the sequence is read from its end to its beginning.", reversed_input),
        Misconception(
            "padding_runs",
            "the unused layers run on inputs of zeros; their weights and biases change the state all the same.",
            padding_runs,
        ),
    ],
)
