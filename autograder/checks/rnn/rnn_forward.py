"""Checks of ``rnn_forward``."""

import numpy as np

from autograder.checks.rnn.common import loop_of
from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import stand_in
from unrolled.standins.rnn import wave_step


def forward_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 6, 2, 5), (1, 4, 3, 2), (4, 1, 2, 3), (2, 5, 1, 1), (1, 2, 4, 3)]  # (B, T, D, H)
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "h_0": rng.normal(size=(B, H)),
            "step": stand_in(wave_step),
        }
        for B, T, D, H in sizes
    ]


def one_step(case: Case) -> Case:
    """Only the first step."""
    return case | {"x": case["x"][:, :1]}


def from_zeros(case: Case) -> Case:
    return zeroed(case, "h_0")


def forward_zero_state(x, h_0, step):
    return loop_of(x, np.zeros_like(h_0), step)


def forward_ones_state(x, h_0, step):
    return loop_of(x, np.ones_like(h_0), step)


def forward_state_not_fed(x, h_0, step):
    states = [step(x[:, t], h_0) for t in range(x.shape[1])]
    return np.stack(states, axis=1), states[-1]


def forward_reversed(x, h_0, step):
    return loop_of(x[:, ::-1], h_0, step)


def forward_shifted(x, h_0, step):
    h, last = loop_of(x, h_0, step)
    return np.concatenate([h_0[:, np.newaxis], h[:, :-1]], axis=1), last


def forward_includes_h0(x, h_0, step):
    h, last = loop_of(x, h_0, step)
    return np.concatenate([h_0[:, np.newaxis], h], axis=1), last


def forward_time_first(x, h_0, step):
    h, last = loop_of(x, h_0, step)
    return h.swapaxes(0, 1), last


RNN_FORWARD = Exercise(
    name="rnn_forward",
    chapter="shared_weights",
    section="sec-loop-around-a-step",
    cases=forward_cases,
    axes="BTH",
    behaviours=[
        Behaviour("first", "starts from h_0: the first state is one step after it", 1, one_step),
        Behaviour("zeros", "gives every state of a sequence that starts from zeros, in the order of time", 2, from_zeros),
        Behaviour("all", "gives every state and the last one, from any h_0", 2),
        Behaviour("inputs", "gives those and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("zero_state", "the first state is computed from zeros, whatever h_0 is.", forward_zero_state),
        Misconception("ones_state", "the first state is computed from ones, whatever h_0 is.", forward_ones_state),
        Misconception(
            "state_not_fed",
            "every step starts from h_0 again: the new state is not handed to the next step.",
            forward_state_not_fed,
        ),
        Misconception("reversed", "the sequence is read from its end to its beginning.", forward_reversed),
        Misconception(
            "shifted",
            "the states are those before each step, h_0 to h_(T-1); wanted are h_1 to h_T.",
            forward_shifted,
        ),
        Misconception("includes_h0", "h_0 is among the states; wanted are h_1 to h_T.", forward_includes_h0),
        Misconception("time_first", "the axes are (time, batch, unit); wanted is batch first.", forward_time_first),
    ],
)
