"""Checks of ``stacked_forward``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import architectures as look
from unrolled.standins import stand_in


def stacked_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 2, 5, 4, 4), (2, 3, 4, 5, 2), (4, 1, 3, 2, 3), (2, 4, 1, 3, 3), (3, 2, 4, 1, 1)]  # (L, B, T, D, H)
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "h_0": rng.normal(size=(L, B, H)),
            "weights": [rng.normal(size=(D if l == 0 else H, H)) for l in range(L)],  # noqa: E741
            "layer": stand_in(look.tide_layer),
        }
        for L, B, T, D, H in sizes
    ]


def one_layer(case: Case) -> Case:
    return case | {"h_0": case["h_0"][:1], "weights": case["weights"][:1]}


def from_zeros(case: Case) -> Case:
    return case | {"h_0": np.zeros_like(case["h_0"])}


def _stack(x, h_0, weights, layer, enters=None):
    """The stack; enters: says what goes into a layer, from what the layer below gave and the input."""
    last, below = [], x
    for start, w in zip(h_0, weights, strict=True):
        below = layer(x if enters == "raw" else below, start, w)
        last.append(below[:, -1])
    return below, np.stack(last)


def stacked_raw_input(x, h_0, weights, layer):
    return _stack(x, h_0, weights, layer, "raw")


def stacked_same_weights(x, h_0, weights, layer):
    return _stack(x, h_0, [weights[0]] * len(weights), layer)


def stacked_upside_down(x, h_0, weights, layer):
    return _stack(x, h_0, weights[::-1], layer)


def stacked_shared_start(x, h_0, weights, layer):
    return _stack(x, np.stack([h_0[0]] * len(h_0)), weights, layer)


def stacked_zero_start(x, h_0, weights, layer):
    return _stack(x, np.zeros_like(h_0), weights, layer)


def stacked_handed_up(x, h_0, weights, layer):
    last, h = [], h_0[0]
    for w in weights:
        x = layer(x, h, w)
        h = x[:, -1]
        last.append(h)
    return x, np.stack(last)


def stacked_top_last(x, h_0, weights, layer):
    h, last = _stack(x, h_0, weights, layer)
    return h, last[-1]


def stacked_first_last(x, h_0, weights, layer):
    last = []
    for start, w in zip(h_0, weights, strict=True):
        x = layer(x, start, w)
        last.append(x[:, 0])
    return x, np.stack(last)


STACKED_FORWARD = Exercise(
    name="stacked_forward",
    chapter="architectures",
    section="sec-stack",
    cases=stacked_cases,
    axes={"h": "BTH", "h_last": "LBH"},
    behaviours=[
        Behaviour("one", "gives the states and the last state of a single layer", 1, one_layer),
        Behaviour("wired", "feeds each layer the states of the layer below", 2, seen_by(look.states_alone, from_zeros)),
        Behaviour("starts", "starts each layer from its own h_0", 1, seen_by(look.states_alone)),
        Behaviour("last", "gives the last state of every layer", 1, seen_by(look.last_alone)),
        Behaviour("inputs", "gives both and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "raw_input",
            "every layer is fed the input x; from the second on it should be the states below.",
            stacked_raw_input,
        ),
        Misconception(
            "same_weights", "all layers use the weights of the first one; each has its own.", stacked_same_weights
        ),
        Misconception("upside_down", "the layers are run from the last to the first.", stacked_upside_down),
        Misconception(
            "shared_start", "all layers start from h_0[0]; layer l has its own initial state, h_0[l].", stacked_shared_start
        ),
        Misconception("zero_start", "the layers start from zeros, whatever h_0 is.", stacked_zero_start),
        Misconception(
            "handed_up",
            "a layer starts from the last state of the layer below; its initial state is its own h_0[l].",
            stacked_handed_up,
        ),
        Misconception(
            "top_last",
            "only the top layer's last state is given; wanted is one for each layer, (L, B, H).",
            stacked_top_last,
        ),
        Misconception(
            "first_last",
            "h_last holds the states after the first step; wanted are those after the last.",
            stacked_first_last,
        ),
    ],
)
