"""Checks of ``classify_last``."""

import numpy as np

from autograder.checks.shared import drawn_lengths, zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def classify_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(5, 6, 3, 4), (4, 5, 2, 3), (1, 4, 3, 2), (3, 1, 2, 5), (2, 3, 1, 4)]  # (B, T, H, C)
    return [
        {
            "h": rng.normal(size=(B, T, H)),
            "lengths": drawn_lengths(rng, B, T),
            "W_hy": rng.normal(size=(H, C)),
            "b_y": rng.normal(size=C),
        }
        for B, T, H, C in sizes
    ]


def without_bias(case: Case) -> Case:
    return zeroed(case, "b_y")


def full_without_bias(case: Case) -> Case:
    return all_full_states(without_bias(case))


def all_full_states(case: Case) -> Case:
    return case | {"lengths": np.full(len(case["h"]), case["h"].shape[1])}


def _read(last, W_hy, b_y):
    scores = last @ W_hy + b_y
    return scores, scores.argmax(axis=1)


def classify_last_column(h, lengths, W_hy, b_y):
    return _read(h[:, -1], W_hy, b_y)


def classify_first_state(h, lengths, W_hy, b_y):
    return _read(h[:, 0], W_hy, b_y)


def classify_mean_state(h, lengths, W_hy, b_y):
    running = np.arange(h.shape[1]) < lengths[:, np.newaxis]
    return _read((h * running[..., np.newaxis]).sum(axis=1) / lengths[:, np.newaxis], W_hy, b_y)


def classify_off_by_one(h, lengths, W_hy, b_y):
    return _read(h[np.arange(len(h)), np.minimum(lengths, h.shape[1] - 1)], W_hy, b_y)


def classify_no_bias(h, lengths, W_hy, b_y):
    return _read(h[np.arange(len(h)), lengths - 1], W_hy, 0.0)


def classify_softmax(h, lengths, W_hy, b_y):
    scores, labels = _read(h[np.arange(len(h)), lengths - 1], W_hy, b_y)
    exps = np.exp(scores - scores.max(axis=1, keepdims=True))
    return exps / exps.sum(axis=1, keepdims=True), labels


CLASSIFY_LAST = Exercise(
    name="classify_last",
    chapter="shared_weights",
    section="sec-last-state",
    cases=classify_cases,
    axes="BC",
    behaviours=[
        Behaviour("readout", "gives scores h W_hy and the best class, where nothing is padded", 1, full_without_bias),
        Behaviour("bias", "adds the bias b_y to the scores", 1, all_full_states),
        Behaviour("lengths", "reads each sequence's state after its last true step", 2),
        Behaviour("inputs", "gives that result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "last_column", "the last column is read, which is padding for a short sequence.", classify_last_column
        ),
        Misconception("first_state", "the state after the first step is read, not after the last.", classify_first_state),
        Misconception("mean_state", "the states are averaged over time; wanted is the last one alone.", classify_mean_state),
        Misconception(
            "off_by_one",
            "the state one step after the end is read: after T steps the last state stands at index T - 1.",
            classify_off_by_one,
        ),
        Misconception("no_bias", "the bias of the readout is never added.", classify_no_bias),
        Misconception("softmax", "the scores went through a softmax; wanted are the scores themselves.", classify_softmax),
    ],
)
