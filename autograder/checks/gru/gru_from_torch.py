"""Checks of ``gru_from_torch``."""

import numpy as np

from autograder.checks.gru.common import thirds
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception, seen_by
from unrolled.standins import gru as look


def torch_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 2), (1, 4), (5, 1), (2, 2), (1, 1)]  # (D, H)
    return [
        {
            "weight_ih": rng.normal(size=(3 * H, D)),
            "weight_hh": rng.normal(size=(3 * H, H)),
            "bias_ih": rng.normal(size=3 * H),
            "bias_hh": rng.normal(size=3 * H),
        }
        for D, H in sizes
    ]


def torch_not_transposed(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih, weight_hh, bias_ih, bias_hh


def torch_reshaped(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih.reshape(-1, len(weight_ih)), weight_hh.reshape(-1, len(weight_hh)), bias_ih, bias_hh


def torch_biases_added(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih.T, weight_hh.T, bias_ih + bias_hh, np.zeros_like(bias_hh)


def torch_biases_added_twice(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih.T, weight_hh.T, bias_ih + bias_hh, bias_ih + bias_hh


def torch_biases_swapped(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih.T, weight_hh.T, bias_hh, bias_ih


def torch_reordered(weight_ih, weight_hh, bias_ih, bias_hh):
    def swapped(a):
        r, z, n = thirds(a)
        return np.concatenate([z, r, n], axis=-1)

    return swapped(weight_ih.T), swapped(weight_hh.T), swapped(bias_ih), swapped(bias_hh)


def torch_blocks_transposed(weight_ih, weight_hh, bias_ih, bias_hh):
    blocks = [block.T for block in np.split(weight_hh.T, 3, axis=1)]
    return weight_ih.T, np.concatenate(blocks, axis=1), bias_ih, bias_hh


GRU_FROM_TORCH = Exercise(
    name="gru_from_torch",
    chapter="practice",
    section="sec-gru-torch",
    cases=torch_cases,
    axes={"W_xh": "DK", "W_hh": "HK", "b_x": "K", "b_h": "K"},
    behaviours=[
        Behaviour("matrices", "makes W_xh and W_hh from torch's two matrices", 2, seen_by(look.matrices)),
        Behaviour("biases", "keeps the two biases apart", 1, seen_by(look.biases)),
        Behaviour("inputs", "gives all four and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "not_transposed", "the matrices stand as torch keeps them, for W x; here it is x W.", torch_not_transposed
        ),
        Misconception(
            "reshaped",
            "the matrices are reshaped, which mixes their entries; to exchange the axes, transpose.",
            torch_reshaped,
        ),
        Misconception(
            "biases_added",
            "the two biases are added into one; in the candidate only b_h is multiplied by r.",
            torch_biases_added,
        ),
        Misconception(
            "biases_added_twice",
            "both biases are the sum of torch's two, so that each counts twice.",
            torch_biases_added_twice,
        ),
        Misconception(
            "biases_swapped",
            "the two biases have changed places: bias_ih goes with the input, so that it is b_x.",
            torch_biases_swapped,
        ),
        Misconception("reordered", "r and z have changed places; torch has our order, r, z, n.", torch_reordered),
        Misconception(
            "blocks_transposed",
            "in W_hh each gate's block is turned back: it was transposed once with the whole and once alone.",
            torch_blocks_transposed,
        ),
    ],
)
