"""Checks of ``rnn_lm_loss_and_gradients``."""

import numpy as np

from autograder.checks.outputs import rnn_lm_loss_and_gradients_mistakes as wrong
from autograder.checks.shared import drawn_lengths
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import outputs as parts
from unrolled.standins import stand_in


def network_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4, 6), (1, 4, 3, 2, 5), (4, 1, 2, 3, 2), (2, 3, 1, 1, 5)]  # (B, T, D, H, C)
    cases: list[Case] = [
        {
            "x": rng.normal(size=(B, T, D)),
            "targets": rng.integers(0, C, size=(B, T)),
            "lengths": drawn_lengths(rng, B, T),
            "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
            "b_h": rng.normal(size=H) / 2,
            "W_hy": rng.normal(size=(H, C)),
            "b_y": rng.normal(size=C),
            "loss_function": stand_in(parts.fading_loss),
            "around": stand_in(parts.network_results),
        }
        for B, T, D, H, C in sizes
    ]
    for case in cases:
        case["targets"][:, 0] = 0
        case["targets"][:, -1] = 1
    return cases


def first_step(case: Case) -> Case:
    B = len(case["x"])
    return case | {"x": case["x"][:, :1], "targets": case["targets"][:, :1], "lengths": np.ones(B, dtype=int)}


RNN_LM = Exercise(
    name="rnn_lm_loss_and_gradients",
    chapter="outputs",
    section="sec-whole-network",
    cases=network_cases,
    axes={"loss": "", "dh": "BtH"}
    | {
        f'gradients["{name}"]': axes
        for name, axes in [("W_xh", "DH"), ("W_hh", "RK"), ("b_h", "H"), ("W_hy", "HC"), ("b_y", "C")]
    },
    behaviours=[
        Behaviour("loss", "hands the right scores, targets and lengths to the loss", 2, seen_by(parts.loss_alone)),
        Behaviour("one_step", "gives loss, dh and all gradients for sequences of one step", 2, first_step),
        Behaviour(
            "deltas", "gives every state both of its deltas, its own and the next step's", 3, seen_by(parts.deltas_alone)
        ),
        Behaviour(
            "readout",
            "adds up the gradients of W_hy and b_y over all steps and sequences",
            1,
            seen_by(parts.readout_gradients),
        ),
        Behaviour(
            "recurrent",
            "adds up the gradients of W_xh, W_hh and b_h over all steps and sequences",
            2,
            seen_by(parts.recurrent_gradients),
        ),
        Behaviour(
            "inputs",
            "gives the right loss and leaves its inputs as they were",
            1,
            seen_by(parts.loss_alone),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception("ones_state", "the first state is computed from ones; h_0 is zero.", wrong.network_ones_state),
        Misconception(
            "no_next_delta",
            "the delta of the next step is forgotten: each state also counts for all later steps.",
            wrong.network_no_next_delta,
        ),
        Misconception(
            "no_own_delta",
            "the delta of the step's own loss is forgotten, for all steps but the last; every step has a loss.",
            wrong.network_no_own_delta,
        ),
        Misconception(
            "loop_forwards",
            "the way back runs from the first step to the last; each delta needs that of the next step: start at the end.",
            wrong.network_loop_forwards,
        ),
        Misconception(
            "one_step_back",
            "only the next step's own loss is handed back; what goes back is its whole delta, with all that came later.",
            wrong.network_one_step_back,
        ),
        Misconception(
            "first_step_left_out", "the loop back ends before it reaches the first step.", wrong.network_first_step_left_out
        ),
        Misconception(
            "not_transposed",
            "the delta goes back through W_hh; on the way back it is the transpose.",
            wrong.network_not_transposed,
        ),
        Misconception(
            "no_slope", "the slope of the tanh, 1 - h_t squared, is missing on the way back.", wrong.network_no_slope
        ),
        Misconception(
            "slope_at_output",
            "the slope of the tanh is 1 - tanh(h_t) squared; h_t is a tanh already, so it is 1 - h_t squared.",
            wrong.network_slope_at_output,
        ),
        Misconception(
            "slope_skipped_in_time",
            "what goes back to the step before has not passed the slope of the tanh: it is dh, and should be delta.",
            wrong.network_slope_skipped_in_time,
        ),
        Misconception(
            "state_after", "dW_hh is made with h_t; the state that W_hh multiplies is h_(t-1).", wrong.network_state_after
        ),
        Misconception(
            "state_wraps",
            "at the first step h[:, t - 1] is the last state, as index -1 counts from the end; before it the state is zero.",
            wrong.network_state_wraps,
        ),
        Misconception(
            "dh_wraps",
            "the first step adds to dh[:, t - 1], which is the last step's: index -1 counts from the end. Stop before that.",
            wrong.network_dh_wraps,
        ),
        Misconception(
            "overwritten",
            "each step overwrites dW_xh, dW_hh and db_h instead of adding to them; only the first step is left.",
            wrong.network_overwritten,
        ),
        Misconception(
            "readout_overwritten",
            "dW_hy and db_y come from the last step alone; they are sums over all steps.",
            wrong.network_readout_overwritten,
        ),
        Misconception(
            "readout_first_step",
            "dW_hy and db_y come from the first step alone: each step overwrites them instead of adding to them.",
            wrong.network_readout_first_step,
        ),
        Misconception(
            "readout_transposed", "dW_hy is transposed; it has the shape of W_hy, (H, C).", wrong.network_readout_transposed
        ),
        Misconception(
            "readout_bias_per_step", "db_y is not summed over time; one bias serves all steps.", wrong.network_bias_per_step
        ),
        Misconception("bias_per_step", "db_h is not summed over time; one bias serves all steps.", wrong.network_bias_last),
        Misconception(
            "readout_state_before",
            "dW_hy is made with h_(t-1); step t's scores were read from h_t.",
            wrong.network_readout_state_before,
        ),
        Misconception("no_readout_bias", "the bias of the readout is never added.", wrong.network_no_readout_bias),
        Misconception("readout_bias_twice", "the bias of the readout is added twice.", wrong.network_readout_bias_twice),
        Misconception(
            "targets_shifted",
            "the loss receives the targets shifted by one step; they come already in their places.",
            wrong.network_targets_shifted,
        ),
        Misconception(
            "padding_counted",
            "the loss does not receive the true lengths, so that padded steps are counted.",
            wrong.network_padding_counted,
        ),
        Misconception(
            "divided_twice",
            "the gradients are divided by the number of sequences; the gradient from loss_function has been already.",
            wrong.network_divided_twice,
        ),
        Misconception(
            "averaged_over_steps",
            "loss and gradients are divided by the number of steps; over the steps they are added up.",
            wrong.network_averaged_over_steps,
        ),
        Misconception(
            "dh_own_only",
            "the dh that is returned holds each step's own delta only, although the gradients were made with both.",
            wrong.network_dh_own_only,
        ),
        Misconception(
            "dh_inside",
            "the dh that is returned belongs to what stands inside the tanh; wanted is the gradient of the states.",
            wrong.network_dh_inside,
        ),
    ],
)
