"""Checks of the assignment ``rnn``: the recurrent network."""

import numpy as np

from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception
from autograder.checks.unrolled_net import zeroed
from unrolled.standins import stand_in
from unrolled.standins.rnn import wave_step

# split_weights


def split_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5), (4, 2), (1, 3), (2, 1), (3, 3), (1, 1)]  # (D, H)
    return [{"W": rng.normal(size=(D + H, H)), "D": D} for D, H in sizes]


def split_swapped(W, D):
    H = W.shape[1]
    return W[H:], W[:H]


def split_columns(W, D):
    return W[:, :D], W[:, D:]


def split_transposed(W, D):
    return W[:D].T, W[D:].T


SPLIT_WEIGHTS = Exercise(
    name="split_weights",
    chapter="shared_weights",
    section="sec-two-matrices",
    cases=split_cases,
    axes="RK",
    behaviours=[
        Behaviour("rows", "gives the first D rows to the input and the last H rows to the state", 2),
        Behaviour("inputs", "gives those two and leaves W as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("swapped", "the state's matrix is taken from the top; the input comes first.", split_swapped),
        Misconception("columns", "W is cut between columns; input and state stand side by side in its rows.", split_columns),
        Misconception(
            "transposed", "both parts are transposed; vectors are rows here, and W stands to their right.", split_transposed
        ),
    ],
)


# rnn_step


def step_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 3, 5), (1, 2, 3), (3, 4, 1), (2, 1, 4), (1, 1, 2)]  # (B, D, H)
    return [
        {
            "x_t": rng.normal(size=(B, D)),
            "h_prev": rng.normal(size=(B, H)),
            "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
            "b_h": rng.normal(size=H),
        }
        for B, D, H in sizes
    ]


def step_transposed(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + h_prev @ W_hh.T + b_h)


def step_no_bias(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + h_prev @ W_hh)


def step_bias_twice(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh((x_t @ W_xh + b_h) + (h_prev @ W_hh + b_h))


def step_bias_outside(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + h_prev @ W_hh) + b_h


def step_state_ignored(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(x_t @ W_xh + b_h)


def step_input_ignored(x_t, h_prev, W_xh, W_hh, b_h):
    return np.tanh(h_prev @ W_hh + b_h)


def step_no_tanh(x_t, h_prev, W_xh, W_hh, b_h):
    return x_t @ W_xh + h_prev @ W_hh + b_h


def step_sigmoid(x_t, h_prev, W_xh, W_hh, b_h):
    return 1 / (1 + np.exp(-(x_t @ W_xh + h_prev @ W_hh + b_h)))


RNN_STEP = Exercise(
    name="rnn_step",
    chapter="shared_weights",
    section="sec-two-matrices",
    cases=step_cases,
    axes="BH",
    behaviours=[
        Behaviour("input", "uses the input x_t through W_xh", 1, lambda c: zeroed(c, "h_prev", "b_h")),
        Behaviour("state", "multiplies h_prev by W_hh: not only x_t counts", 2, lambda c: zeroed(c, "x_t", "b_h")),
        Behaviour("bias", "adds the bias once", 1, lambda c: zeroed(c, "x_t", "h_prev")),
        Behaviour("all", "gives tanh of the sum of all three terms", 1),
        Behaviour("inputs", "gives that result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("transposed", "W_hh is transposed; the state is multiplied by W_hh itself.", step_transposed),
        Misconception("no_bias", "the bias is never added.", step_no_bias),
        Misconception("bias_outside", "the bias is added after the tanh; it belongs inside.", step_bias_outside),
        Misconception("bias_twice", "the bias is added twice, once with each product.", step_bias_twice),
        Misconception(
            "state_ignored", "the state before the step is not used: the network has no memory.", step_state_ignored
        ),
        Misconception("input_ignored", "the input is not used: the network hears nothing.", step_input_ignored),
        Misconception("no_tanh", "the tanh is missing: the step is only linear.", step_no_tanh),
        Misconception("sigmoid", "the non-linearity is the sigmoid; this network uses tanh.", step_sigmoid),
    ],
)


# rnn_forward


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
    return _loop(x, np.zeros_like(h_0), step)


def forward_ones_state(x, h_0, step):
    return _loop(x, np.ones_like(h_0), step)


def forward_state_not_fed(x, h_0, step):
    states = [step(x[:, t], h_0) for t in range(x.shape[1])]
    return np.stack(states, axis=1), states[-1]


def forward_reversed(x, h_0, step):
    return _loop(x[:, ::-1], h_0, step)


def forward_shifted(x, h_0, step):
    h, last = _loop(x, h_0, step)
    return np.concatenate([h_0[:, np.newaxis], h[:, :-1]], axis=1), last


def forward_includes_h0(x, h_0, step):
    h, last = _loop(x, h_0, step)
    return np.concatenate([h_0[:, np.newaxis], h], axis=1), last


def forward_time_first(x, h_0, step):
    h, last = _loop(x, h_0, step)
    return h.swapaxes(0, 1), last


def _loop(x, h, step):
    states = []
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
        states.append(h)
    return np.stack(states, axis=1), h


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


# rnn_forward_padded


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


def drawn_lengths(rng: np.random.Generator, B: int, T: int) -> np.ndarray:
    """Lengths from 1 to T; a batch of several has a full one and a short one."""
    lengths = rng.integers(1, T + 1, size=B)
    if B > 1:
        lengths[0], lengths[1] = max(T - 2, 1), T
    return lengths


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
    return _loop(x, h_0, step)


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
    return _loop(np.where(ended[..., np.newaxis], 0.0, x), h_0, step)


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


# classify_last


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

ASSIGNMENT = Assignment("rnn", [SPLIT_WEIGHTS, RNN_STEP, RNN_FORWARD, RNN_FORWARD_PADDED, CLASSIFY_LAST])
