"""Checks of ``readout_backward``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import outputs as parts
from unrolled.standins import stand_in


def backward_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4), (1, 4, 3, 2), (4, 1, 2, 3), (2, 3, 1, 5), (3, 2, 4, 4)]  # (B, T, H, C)
    return [
        {
            "dy": rng.normal(size=(B, T, C)),
            "h": rng.normal(size=(B, T, H)),
            "W_hy": rng.normal(size=(H, C)),
            "around": stand_in(parts.way_back),
        }
        for B, T, H, C in sizes
    ]


def _readout_gradients(dy, h, W_hy):
    return dy @ W_hy.T, np.einsum("bth,btc->hc", h, dy), dy.sum(axis=(0, 1))


def backward_last_step(dy, cache):
    h, W_hy = cache
    return dy @ W_hy.T, h[:, -1].T @ dy[:, -1], dy[:, -1].sum(axis=0)


def backward_first_step(dy, cache):
    h, W_hy = cache
    return dy @ W_hy.T, h[:, 0].T @ dy[:, 0], dy[:, 0].sum(axis=0)


def backward_bias_overwritten(dy, cache):
    dh, dW_hy, _ = _readout_gradients(dy, *cache)
    return dh, dW_hy, dy[:, -1].sum(axis=0)


def backward_bias_per_step(dy, cache):
    dh, dW_hy, _ = _readout_gradients(dy, *cache)
    return dh, dW_hy, dy.sum(axis=0)


def backward_bias_one_number(dy, cache):
    dh, dW_hy, _ = _readout_gradients(dy, *cache)
    return dh, dW_hy, dy.sum()


def backward_bias_times_count(dy, cache):
    dh, dW_hy, db_y = _readout_gradients(dy, *cache)
    return dh, dW_hy, db_y * dy.shape[1]


def backward_averaged(dy, cache):
    dh, dW_hy, db_y = _readout_gradients(dy, *cache)
    return dh, dW_hy / dy[..., 0].size, db_y / dy[..., 0].size


def backward_divided_by_batch(dy, cache):
    dh, dW_hy, db_y = _readout_gradients(dy, *cache)
    return dh, dW_hy / len(dy), db_y / len(dy)


def backward_transposed(dy, cache):
    dh, dW_hy, db_y = _readout_gradients(dy, *cache)
    return dh, dW_hy.T, db_y


def backward_per_sequence(dy, cache):
    dh, _, db_y = _readout_gradients(dy, *cache)
    return dh, cache[0].swapaxes(1, 2) @ dy, db_y


def backward_weights_not_transposed(dy, cache):
    dh = dy @ cache[1]
    return dh, *_readout_gradients(dy, *cache)[1:]


def backward_last_state_only(dy, cache):
    dh, dW_hy, db_y = _readout_gradients(dy, *cache)
    last = np.zeros_like(dh)
    last[:, -1] = dh[:, -1]
    return last, dW_hy, db_y


READOUT_BACKWARD = Exercise(
    name="readout_backward",
    chapter="outputs",
    section="sec-readout-backwards",
    cases=backward_cases,
    axes={"dh": "BTH", "dW_hy": "HC", "db_y": "C"},
    behaviours=[
        Behaviour("states", "gives every state its part of the gradient", 1, seen_by(parts.way_back_to_states)),
        Behaviour(
            "matrix", "adds up the gradient of W_hy over all steps and sequences", 2, seen_by(parts.way_back_to_matrix)
        ),
        Behaviour("bias", "adds up the gradient of b_y over all steps and sequences", 1, seen_by(parts.way_back_to_bias)),
        Behaviour("inputs", "gives those three and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "last_step",
            "each step overwrites dW_hy and db_y instead of adding to them; only the last step is left.",
            backward_last_step,
        ),
        Misconception(
            "first_step",
            "the loop back in time overwrites dW_hy and db_y instead of adding to them; only the first step is left.",
            backward_first_step,
        ),
        Misconception(
            "bias_overwritten", "db_y comes from the last step alone; it is a sum over steps.", backward_bias_overwritten
        ),
        Misconception(
            "bias_per_step",
            "db_y is summed over the sequences but not over time: one bias serves all steps.",
            backward_bias_per_step,
        ),
        Misconception(
            "bias_one_number", "db_y is summed over the classes too; every class has its own bias.", backward_bias_one_number
        ),
        Misconception(
            "bias_times_count",
            "db_y is added up once more for every step: a sum over all steps was added inside the loop.",
            backward_bias_times_count,
        ),
        Misconception("averaged", "dW_hy and db_y are means over steps and sequences; they are sums.", backward_averaged),
        Misconception(
            "divided_by_batch",
            "dW_hy and db_y are divided by the batch size; where the loss is a mean, dy has been divided already.",
            backward_divided_by_batch,
        ),
        Misconception("transposed", "dW_hy is transposed; it has the shape of W_hy, (H, C).", backward_transposed),
        Misconception(
            "per_sequence",
            "dW_hy has an entry for each sequence; it is summed over the batch as well.",
            backward_per_sequence,
        ),
        Misconception(
            "weights_not_transposed",
            "dy is multiplied by W_hy; on the way back from scores to states it is the transpose.",
            backward_weights_not_transposed,
        ),
        Misconception(
            "last_state_only",
            "only the last state receives a gradient; every state has its own output.",
            backward_last_state_only,
        ),
    ],
)
