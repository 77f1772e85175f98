"""Checks of ``lstm_step_backward``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.lstm.common import FOUR, back_of, looking_at, small, squashed_gates
from autograder.checks.shared import sigmoid
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import lstm as parts


def back_cases(rng: np.random.Generator) -> list[Case]:
    cases = []
    for B, H in [(3, 4), (1, 3), (2, 1), (4, 2)]:
        four = squashed_gates(rng.normal(size=(B, 4 * H)))
        c_prev = rng.normal(size=(B, H)) + 0.3
        cases.append(
            {
                "dh_t": 2 * rng.normal(size=(B, H)),
                "dc_t": 2 * rng.normal(size=(B, H)),
                "c_prev": c_prev,
                "c_t": four["f"] * c_prev + four["i"] * four["g"],
                "gates": np.concatenate([four[name] for name in FOUR], axis=1),
                "W_hh": rng.normal(size=(H, 4 * H)) / np.sqrt(H),
            }
        )
    return cases


def back_with(**other) -> Callable:
    def backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
        return back_of(dh_t, dc_t, c_prev, c_t, gates, W_hh, **other)

    return backward


def back_unpacked(*order: str) -> Callable:
    """The four taken out of ``gates`` in another order; da is put together in the right one."""

    def backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
        four = dict(zip(order, np.split(gates, 4, axis=1), strict=True))
        return back_of(dh_t, dc_t, c_prev, c_t, np.concatenate([four[name] for name in FOUR], axis=1), W_hh)

    return backward


def back_c_exchanged(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    return back_of(dh_t, dc_t, c_t, c_prev, gates, W_hh)


def back_in_place(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    result = back_of(dh_t, dc_t, c_prev, c_t, gates, W_hh)
    dc_t += dh_t * gates[:, -c_t.shape[1] :] * (1 - np.tanh(c_t) ** 2)
    return result


def back_dh_only_g(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    da, _, dc_prev = back_of(dh_t, dc_t, c_prev, c_t, gates, W_hh)
    H = c_t.shape[1]
    return da, da[:, 2 * H : 3 * H] @ W_hh[:, 2 * H : 3 * H].T, dc_prev


def back_dh_without_o(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    da, _, dc_prev = back_of(dh_t, dc_t, c_prev, c_t, gates, W_hh)
    three = slice(3 * c_t.shape[1])
    return da, da[:, three] @ W_hh[:, three].T, dc_prev


def back_states_exchanged(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    da, dh_prev, dc_prev = back_of(dh_t, dc_t, c_prev, c_t, gates, W_hh)
    return da, dc_prev, dh_prev


def _sigmoid_slope_again(s):
    return sigmoid(s) * (1 - sigmoid(s))


LSTM_STEP_BACKWARD = Exercise(
    name="lstm_step_backward",
    chapter="lstm",
    section="sec-lstm-backward",
    cases=back_cases,
    axes={"da": "BK", "dh_prev": "BH", "dc_prev": "BH"} | {f"da of {gate}": "BH" for gate in FOUR},
    behaviours=[
        Behaviour("o", "sends dh_t back to the output gate's sum", 1, looking_at(parts.output_delta, "dc_t")),
        Behaviour("i", "sends the cell state's gradient to the input gate's sum", 1, looking_at(parts.input_delta, "dh_t")),
        Behaviour("f", "sends it to the forget gate's sum", 1, looking_at(parts.forget_delta, "dh_t")),
        Behaviour("g", "sends it to the candidate's sum", 1, looking_at(parts.candidate_delta, "dh_t")),
        Behaviour("kept", "lets f of dc_t through to the old cell state", 2, looking_at(parts.cell_state_delta, "dh_t")),
        Behaviour(
            "through_h", "sends dh_t through tanh(c_t) to the same three sums", 2, looking_at(parts.cell_deltas, "dc_t")
        ),
        Behaviour(
            "both",
            "adds both ways into the cell state before it goes on to the old one",
            2,
            looking_at(parts.cell_state_delta),
        ),
        Behaviour("dh_prev", "sends the deltas of all four sums back through W_hh", 1, looking_at(parts.state_delta)),
        Behaviour("inputs", "gives all three and leaves its inputs as they were", 1, small, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "no_dc_t",
            "dc_t is not used: what the next step asks of the cell state is lost.",
            back_with(dc=lambda v: v["dh_t"] * v["o"] * (1 - v["tanh_c"] ** 2)),
        ),
        Misconception(
            "no_dc_through_h",
            "the way from h_t into the cell state is missing: dc is dc_t alone.",
            back_with(dc=lambda v: v["dc_t"]),
        ),
        Misconception(
            "no_o_in_dc",
            "o is missing on the way from h_t into the cell state.",
            back_with(dc=lambda v: v["dc_t"] + v["dh_t"] * (1 - v["tanh_c"] ** 2)),
        ),
        Misconception(
            "no_tanh_slope",
            "the slope of tanh(c_t) is missing on the way from h_t into the cell state.",
            back_with(dc=lambda v: v["dc_t"] + v["dh_t"] * v["o"]),
        ),
        Misconception(
            "slope_of_c",
            "the slope is taken as 1 - c_t squared; it is 1 - tanh(c_t) squared.",
            back_with(dc=lambda v: v["dc_t"] + v["dh_t"] * v["o"] * (1 - v["c_t"] ** 2)),
        ),
        Misconception(
            "no_gradient_of_o",
            "nothing is sent to the output gate.",
            back_with(da_o=lambda v: 0 * v["o"]),
        ),
        Misconception(
            "o_without_tanh",
            "the output gate's delta takes c_t; h_t is o times tanh(c_t), so it takes tanh(c_t).",
            back_with(da_o=lambda v: v["dh_t"] * v["c_t"] * v["o"] * (1 - v["o"])),
        ),
        Misconception(
            "o_from_dc",
            "the output gate's delta is made of dc; o does not stand in the cell state, only in h_t.",
            back_with(da_o=lambda v: v["dc"] * v["tanh_c"] * v["o"] * (1 - v["o"])),
        ),
        Misconception(
            "f_dropped", "the forget gate is missing in dc_prev: it is f times dc.", back_with(dc_prev=lambda v: v["dc"])
        ),
        Misconception(
            "dc_prev_of_dc_t",
            "dc_prev is f times dc_t; what came through h_t is missing in it.",
            back_with(dc_prev=lambda v: v["dc_t"] * v["f"]),
        ),
        Misconception(
            "c_t_in_df",
            "the forget gate's delta takes c_t; what f multiplied is c_prev.",
            back_with(da_f=lambda v: v["dc"] * v["c_t"] * v["f"] * (1 - v["f"])),
        ),
        Misconception("c_exchanged", "c_prev and c_t have changed places.", back_c_exchanged),
        Misconception(
            "own_factor",
            "i and g multiply their own deltas; the derivative of i g by one of them is the other.",
            back_with(
                da_i=lambda v: v["dc"] * v["i"] * v["i"] * (1 - v["i"]), da_g=lambda v: v["dc"] * v["g"] * (1 - v["g"] ** 2)
            ),
        ),
        Misconception(
            "no_gate_slopes",
            "the slopes of the four non-linearities are missing: these are gradients of the gates, not of their sums.",
            back_with(
                da_i=lambda v: v["dc"] * v["g"],
                da_f=lambda v: v["dc"] * v["c_prev"],
                da_g=lambda v: v["dc"] * v["i"],
                da_o=lambda v: v["dh_t"] * v["tanh_c"],
            ),
        ),
        Misconception(
            "slopes_at_input",
            "the slopes are computed as if gates were sums: sigmoid and tanh are taken once more.",
            back_with(
                da_i=lambda v: v["dc"] * v["g"] * _sigmoid_slope_again(v["i"]),
                da_f=lambda v: v["dc"] * v["c_prev"] * _sigmoid_slope_again(v["f"]),
                da_g=lambda v: v["dc"] * v["i"] * (1 - np.tanh(v["g"]) ** 2),
                da_o=lambda v: v["dh_t"] * v["tanh_c"] * _sigmoid_slope_again(v["o"]),
            ),
        ),
        Misconception(
            "sigmoid_slope_on_g",
            "the slope of the sigmoid is used for g; g took tanh, whose slope is 1 - g squared.",
            back_with(da_g=lambda v: v["dc"] * v["i"] * v["g"] * (1 - v["g"])),
        ),
        Misconception(
            "tanh_slope_on_gates",
            "the slope of tanh is used for the three gates; that of the sigmoid is s (1 - s).",
            back_with(
                da_i=lambda v: v["dc"] * v["g"] * (1 - v["i"] ** 2),
                da_f=lambda v: v["dc"] * v["c_prev"] * (1 - v["f"] ** 2),
                da_o=lambda v: v["dh_t"] * v["tanh_c"] * (1 - v["o"] ** 2),
            ),
        ),
        Misconception(
            "packed_ifog",
            "g and o have changed places in da; the order is i, f, g, o.",
            back_with(order=("i", "f", "o", "g")),
        ),
        Misconception(
            "packed_fi", "i and f have changed places in da; the order is i, f, g, o.", back_with(order=("f", "i", "g", "o"))
        ),
        Misconception(
            "unpacked_ifog",
            "g and o are taken out of gates in each other's place; the order is i, f, g, o.",
            back_unpacked(*"ifog"),
        ),
        Misconception(
            "unpacked_fi",
            "i and f are taken out of gates in each other's place; the order is i, f, g, o.",
            back_unpacked(*"figo"),
        ),
        Misconception(
            "dh_only_g",
            "only the candidate's delta goes back to h_prev; all four sums read it.",
            back_dh_only_g,
        ),
        Misconception(
            "dh_without_o",
            "the output gate's delta does not go back to h_prev; all four sums read it.",
            back_dh_without_o,
        ),
        Misconception("states_exchanged", "dh_prev and dc_prev come back in each other's place.", back_states_exchanged),
        Misconception("in_place", "dc_t is changed in place; the caller still needs it.", back_in_place),
    ],
)
