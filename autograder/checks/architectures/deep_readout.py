"""Checks of ``deep_readout``."""

from itertools import pairwise

import numpy as np

from autograder.checks.shared import relu, softmax
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def readout_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [
        (3, 4, 5, [6, 4, 2]),
        (2, 5, 3, [4, 3]),
        (1, 3, 4, [5, 2]),
        (4, 1, 2, [3, 5, 4]),
        (2, 3, 1, [5, 1]),
    ]  # B, T, H, widths
    return [{"h": rng.normal(size=(B, T, H)), "layers": _drawn_layers(rng, [H, *widths])} for B, T, H, widths in sizes]


def _drawn_layers(rng, widths):
    pairs = pairwise(widths)
    return [(rng.normal(size=(n, m)) / np.sqrt(n) * 1.4, rng.normal(size=m)) for n, m in pairs]


def one_linear(case: Case) -> Case:
    return case | {"layers": case["layers"][:1]}


def without_bias(case: Case) -> Case:
    return case | {"layers": [(W, np.zeros_like(b)) for W, b in case["layers"]]}


def _readout(h, layers, between=relu, before=None, after=None):
    for k, (W, b) in enumerate(layers):
        h = (before(h) if before else h) @ W + b
        if k + 1 < len(layers):
            h = between(h)
    return after(h) if after else h


def readout_no_relu(h, layers):
    return _readout(h, layers, between=lambda a: a)


def readout_relu_last(h, layers):
    return _readout(h, layers, after=relu)


def readout_relu_first(h, layers):
    return _readout(relu(h), layers)


def readout_tanh(h, layers):
    return _readout(h, layers, between=np.tanh)


def readout_no_bias(h, layers):
    return _readout(h, [(W, np.zeros_like(b)) for W, b in layers])


def readout_bias_after(h, layers):
    for k, (W, b) in enumerate(layers):
        h = h @ W
        h = (relu(h) if k + 1 < len(layers) else h) + b
    return h


def readout_softmax(h, layers):
    return _readout(h, layers, after=softmax)


def readout_last_step(h, layers):
    return _readout(h[:, -1], layers)


def readout_one_short(h, layers):
    return _readout(h, layers[:-1]) if len(layers) > 1 else _readout(h, layers)


DEEP_READOUT = Exercise(
    name="deep_readout",
    chapter="architectures",
    section="sec-deep-readout",
    cases=readout_cases,
    axes="BTC",
    behaviours=[
        Behaviour("linear", "with one layer, gives h W + b at every step", 1, one_linear),
        Behaviour("deep", "puts a ReLU between two layers and none after the last", 2, without_bias),
        Behaviour(
            "inputs",
            "gives the scores of all layers together and leaves its inputs as they were",
            1,
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception("no_relu", "nothing stands between the layers; together they are one linear layer.", readout_no_relu),
        Misconception("relu_last", "a ReLU follows the last layer too; scores may be negative.", readout_relu_last),
        Misconception("relu_first", "the states go through a ReLU before the first layer.", readout_relu_first),
        Misconception("tanh", "tanh stands between the layers; here it is the ReLU.", readout_tanh),
        Misconception("no_bias", "no bias is added.", readout_no_bias),
        Misconception("bias_after", "the bias is added after the ReLU; it belongs before it.", readout_bias_after),
        Misconception("softmax", "the scores went through a softmax; wanted are the scores themselves.", readout_softmax),
        Misconception("last_step", "only the last step is read; wanted is an output for every step.", readout_last_step),
        Misconception("one_short", "the last layer is left out.", readout_one_short),
    ],
)
