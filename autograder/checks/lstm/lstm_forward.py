"""Checks of ``lstm_forward``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.lstm.common import locals_of, step_of
from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import lstm as parts
from unrolled.standins import stand_in


def forward_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4), (1, 4, 3, 2), (4, 1, 2, 3), (2, 3, 1, 1)]  # (B, T, D, H)
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "h_0": rng.normal(size=(B, H)),
            "c_0": rng.normal(size=(B, H)),
            "W_xh": rng.normal(size=(D, 4 * H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, 4 * H)) / np.sqrt(H),
            "b": rng.normal(size=4 * H),
            "step": stand_in(parts.mixing_step),
        }
        for B, T, D, H in sizes
    ]


def one_step(case: Case) -> Case:
    return case | {"x": case["x"][:, :1]}


def from_zeros(case: Case) -> Case:
    return zeroed(case, "h_0", "c_0")


def several_steps(part: Callable) -> Callable[[Case], Case | None]:
    """From zero states, where there is more than one step; one part of the result is looked at."""
    return lambda case: from_zeros(case) | {"around": stand_in(part)} if case["x"].shape[1] > 1 else None


def _loop(x, h, c, weights, step, feed=None):
    """All states; ``feed(before, after)`` gives the two states that enter the next step."""
    kept = []
    for t in range(x.shape[1]):
        before = h, c
        after = step(x[:, t], h, c, *weights)
        kept.append(after)
        h, c = feed(before, after) if feed else after[:2]
    return tuple(np.stack(values, axis=1) for values in zip(*kept, strict=True))


def fed(feed: Callable) -> Callable:
    """A loop that hands other states to the next step."""

    def forward(x, h_0, c_0, W_xh, W_hh, b, step):
        return _loop(x, h_0, c_0, (W_xh, W_hh, b), step, feed)

    return forward


def forward_zero_state(x, h_0, c_0, W_xh, W_hh, b, step):
    return _loop(x, np.zeros_like(h_0), np.zeros_like(c_0), (W_xh, W_hh, b), step)


def forward_zero_cell(x, h_0, c_0, W_xh, W_hh, b, step):
    return _loop(x, h_0, np.zeros_like(c_0), (W_xh, W_hh, b), step)


def forward_exchanged(x, h_0, c_0, W_xh, W_hh, b, step):
    return _loop(x, c_0, h_0, (W_xh, W_hh, b), step, lambda before, after: (after[1], after[0]))


def forward_own_step(x, h_0, c_0, W_xh, W_hh, b, step):
    def own(x_t, h_prev, c_prev, W_xh, W_hh, b):
        return step_of(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b))

    return _loop(x, h_0, c_0, (W_xh, W_hh, b), own)


def forward_reversed(x, h_0, c_0, W_xh, W_hh, b, step):
    return _loop(x[:, ::-1], h_0, c_0, (W_xh, W_hh, b), step)


def forward_shifted(x, h_0, c_0, W_xh, W_hh, b, step):
    h, c, gates = _loop(x, h_0, c_0, (W_xh, W_hh, b), step)
    return (*(np.concatenate([s_0[:, None], s[:, :-1]], axis=1) for s_0, s in ((h_0, h), (c_0, c))), gates)


def forward_includes_start(x, h_0, c_0, W_xh, W_hh, b, step):
    h, c, gates = _loop(x, h_0, c_0, (W_xh, W_hh, b), step)
    return (*(np.concatenate([s_0[:, None], s], axis=1) for s_0, s in ((h_0, h), (c_0, c))), gates)


def forward_time_first(x, h_0, c_0, W_xh, W_hh, b, step):
    return tuple(values.swapaxes(0, 1) for values in _loop(x, h_0, c_0, (W_xh, W_hh, b), step))


def forward_reshaped(x, h_0, c_0, W_xh, W_hh, b, step):
    kept = _loop(x, h_0, c_0, (W_xh, W_hh, b), step)
    return tuple(values.swapaxes(0, 1).reshape(values.shape) for values in kept)


def forward_last_only(x, h_0, c_0, W_xh, W_hh, b, step):
    return tuple(values[:, -1] for values in _loop(x, h_0, c_0, (W_xh, W_hh, b), step))


def forward_h_and_c(x, h_0, c_0, W_xh, W_hh, b, step):
    h, c, gates = _loop(x, h_0, c_0, (W_xh, W_hh, b), step)
    return c, h, gates


LSTM_FORWARD = Exercise(
    name="lstm_forward",
    chapter="lstm",
    section="sec-two-memories",
    cases=forward_cases,
    axes={"h": "BTH", "c": "BTH", "gates": "BTK"},
    behaviours=[
        Behaviour("first", "starts from h_0 and c_0: the first states are one step after them", 1, one_step),
        Behaviour("h", "hands the hidden state on, and gives it after every step", 2, several_steps(parts.hidden_states)),
        Behaviour("c", "hands the cell state on, and gives it after every step", 2, several_steps(parts.cell_states)),
        Behaviour("gates", "keeps the gates of every step", 1, several_steps(parts.gates_of_all_steps)),
        Behaviour(
            "inputs", "gives all that from any states, and leaves its inputs as they were", 1, looks_at=("value", "inputs")
        ),
    ],
    misconceptions=[
        Misconception("zero_state", "the first step starts from zeros, whatever h_0 and c_0 are.", forward_zero_state),
        Misconception("zero_cell", "the cell state starts from zeros, whatever c_0 is.", forward_zero_cell),
        Misconception(
            "h_not_fed",
            "every step gets h_0 again: the new hidden state is not handed on.",
            fed(lambda before, after: (before[0], after[1])),
        ),
        Misconception(
            "c_not_fed",
            "every step gets c_0 again: the new cell state is not handed on.",
            fed(lambda before, after: (after[0], before[1])),
        ),
        Misconception(
            "neither_fed",
            "every step starts from h_0 and c_0 again: no state is handed on.",
            fed(lambda before, after: before),
        ),
        Misconception(
            "h_as_c",
            "the hidden state is handed on in the place of the cell state.",
            fed(lambda before, after: (after[0], after[0])),
        ),
        Misconception(
            "exchanged", "the two states are handed to the step in the wrong order; h comes first.", forward_exchanged
        ),
        Misconception(
            "own_step", "the step that was handed in is not called; what runs is an LSTM of its own.", forward_own_step
        ),
        Misconception("reversed", "the sequence is read from its end to its beginning.", forward_reversed),
        Misconception("shifted", "the states are those before each step; wanted are those after it.", forward_shifted),
        Misconception(
            "includes_start", "h_0 and c_0 are among the states; wanted are those after each step.", forward_includes_start
        ),
        Misconception("time_first", "the axes are (time, batch, unit); wanted is batch first.", forward_time_first),
        Misconception(
            "reshaped",
            "a reshape has mixed up sequences and steps; axes are exchanged by stacking along axis 1 or by swapaxes.",
            forward_reshaped,
        ),
        Misconception("last_only", "only the last step comes back; wanted are all of them.", forward_last_only),
        Misconception("h_and_c", "h and c come back in each other's place; h is first.", forward_h_and_c),
    ],
)
