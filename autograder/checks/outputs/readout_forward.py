"""Checks of ``readout_forward``."""

import numpy as np

from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import outputs as parts


def readout_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4), (1, 4, 3, 2), (4, 1, 2, 3), (2, 3, 1, 5), (5, 2, 4, 1)]  # (B, T, H, C)
    return [
        {
            "h": rng.normal(size=(B, T, H)),
            "W_hy": rng.normal(size=(H, C)),
            "b_y": rng.normal(size=C) + 0.5,
        }
        for B, T, H, C in sizes
    ]


def forward_no_bias(h, W_hy, b_y):
    return h @ W_hy, (h, W_hy)


def forward_bias_twice(h, W_hy, b_y):
    return h @ W_hy + 2 * b_y, (h, W_hy)


def forward_last_only(h, W_hy, b_y):
    return h[:, -1] @ W_hy + b_y, (h, W_hy)


def forward_softmax(h, W_hy, b_y):
    exps = np.exp(h @ W_hy + b_y)
    return exps / exps.sum(axis=-1, keepdims=True), (h, W_hy)


def forward_tanh(h, W_hy, b_y):
    return np.tanh(h @ W_hy + b_y), (h, W_hy)


def forward_time_first(h, W_hy, b_y):
    return (h @ W_hy + b_y).swapaxes(0, 1), (h, W_hy)


def forward_mixed_axes(h, W_hy, b_y):
    B, T, _ = h.shape
    return (h @ W_hy + b_y).swapaxes(0, 1).reshape(B, T, len(b_y)), (h, W_hy)


def forward_cache_swapped(h, W_hy, b_y):
    return h @ W_hy + b_y, (W_hy, h)


def forward_no_cache(h, W_hy, b_y):
    return h @ W_hy + b_y


READOUT_FORWARD = Exercise(
    name="readout_forward",
    chapter="outputs",
    section="sec-shared-readout",
    cases=readout_cases,
    axes={"y": "BTC", "cache": ""},
    behaviours=[
        Behaviour(
            "every_step",
            "reads the scores of every step with W_hy",
            1,
            lambda c: seen_by(parts.scores_alone)(zeroed(c, "b_y")),
        ),
        Behaviour("bias", "adds the bias once", 1, lambda c: seen_by(parts.scores_alone)(zeroed(c, "h"))),
        Behaviour("cache", "gives the scores, and h and W_hy for the way back", 1),
        Behaviour("inputs", "gives those and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("no_bias", "the bias of the readout is never added.", forward_no_bias),
        Misconception("bias_twice", "the bias of the readout is added twice.", forward_bias_twice),
        Misconception("last_only", "only the last step is read; every step has its scores.", forward_last_only),
        Misconception("softmax", "the scores went through a softmax; that belongs to the loss.", forward_softmax),
        Misconception("tanh", "the scores went through a tanh; the readout is linear.", forward_tanh),
        Misconception("time_first", "the axes are (time, batch, class); wanted is batch first.", forward_time_first),
        Misconception(
            "mixed_axes",
            "the steps were collected along a first axis and reshaped, which mixes sequences; stack them along axis 1.",
            forward_mixed_axes,
        ),
        Misconception("cache_swapped", "the cache holds W_hy first; it is the pair (h, W_hy).", forward_cache_swapped),
        Misconception("no_cache", "the scores come alone; wanted are y and the cache (h, W_hy).", forward_no_cache),
    ],
)
