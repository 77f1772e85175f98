"""Checks of ``rnn_forward_padded``."""

import numpy as np

from autograder.checks.rnn.common import loop_of
from autograder.checks.shared import drawn_lengths
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import stand_in
from unrolled.standins.rnn import wave_step


def padded_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(5, 7, 2, 3), (4, 6, 3, 1), (2, 5, 1, 4), (1, 4, 2, 3), (3, 1, 2, 2)]  # (B, T, D, H)
    cases: list[Case] = [
        {
            "x": rng.normal(size=(B, T, D)),
            "lengths": drawn_lengths(rng, B, T),
            "h_0": rng.normal(size=(B, H)),
            "step": stand_in(wave_step),
        }
        for B, T, D, H in sizes
    ]
    cases[1]["lengths"] = np.minimum(cases[1]["lengths"], sizes[1][1] - 2)  # nothing fills the array
    return cases


def all_full(case: Case) -> Case:
    return case | {"lengths": np.full(len(case["x"]), case["x"].shape[1])}


def with_padding(case: Case) -> Case | None:
    """Only batches in which some sequence ends early."""
    return dict(case) if (case["lengths"] < case["x"].shape[1]).any() else None


def other_padding(case: Case) -> Case | None:
    """The same batch with other numbers where the sequences have ended."""
    ended = np.arange(case["x"].shape[1]) >= case["lengths"][:, np.newaxis]
    return case | {"x": np.where(ended[..., np.newaxis], 7.0, case["x"])} if ended.any() else None


def padded_padding_runs(x, lengths, h_0, step):
    return loop_of(x, h_0, step)


def padded_zeroed(x, lengths, h_0, step):
    h, last = _carried(x, lengths, h_0, step)
    ended = np.arange(x.shape[1]) >= lengths[:, np.newaxis]
    return np.where(ended[..., np.newaxis], 0.0, h), last


def padded_one_early(x, lengths, h_0, step):
    return _carried(x, lengths - 1, h_0, step)


def padded_one_late(x, lengths, h_0, step):
    return _carried(x, lengths + 1, h_0, step)


def padded_zeroed_input(x, lengths, h_0, step):
    ended = np.arange(x.shape[1]) >= lengths[:, np.newaxis]
    return loop_of(np.where(ended[..., np.newaxis], 0.0, x), h_0, step)


def padded_right_aligned(x, lengths, h_0, step):
    T = x.shape[1]
    return _carried_where(x, h_0, step, lambda t: t >= T - lengths)


def _carried(x, lengths, h_0, step):
    return _carried_where(x, h_0, step, lambda t: t < lengths)


def _carried_where(x, h, step, running):
    states = []
    for t in range(x.shape[1]):
        h = np.where(running(t)[:, np.newaxis], step(x[:, t], h), h)
        states.append(h)
    return np.stack(states, axis=1), h


RNN_FORWARD_PADDED = Exercise(
    name="rnn_forward_padded",
    chapter="shared_weights",
    section="sec-padding",
    cases=padded_cases,
    axes="BTH",
    behaviours=[
        Behaviour("full", "gives every state where no sequence is padded", 1, all_full),
        Behaviour("carried", "carries the state of a sequence that has ended", 3, with_padding),
        Behaviour("content", "gives the same whatever stands in the padding", 2, other_padding),
        Behaviour("inputs", "gives all that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("padding_runs", "the step also runs on the padding and changes the states.", padded_padding_runs),
        Misconception("zeroed", "states after the end are set to zero; they should stay what they were.", padded_zeroed),
        Misconception("one_early", "every sequence stops one step before its end.", padded_one_early),
        Misconception("one_late", "every sequence takes one step too many, into the padding.", padded_one_late),
        Misconception(
            "zeroed_input",
            "the padding is set to zero, but the step still runs on it; a zero input changes the state too.",
            padded_zeroed_input,
        ),
        Misconception(
            "right_aligned",
            "the first steps are skipped instead of the last: here sequences start at time 0 and padding follows.",
            padded_right_aligned,
        ),
    ],
)
