"""Checks of ``linear_backward``."""

import numpy as np

from autograder.checks.bptt.common import looking_at
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception

LINEAR = {"dx": "BD", "dW": "RK", "db": "K"}


def linear_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 3, 5), (3, 2, 2), (1, 2, 3), (3, 4, 1), (2, 1, 4), (1, 1, 2)]  # (B, D, K)
    return [{"dy": rng.normal(size=(B, K)), "x": rng.normal(size=(B, D)), "W": rng.normal(size=(D, K))} for B, D, K in sizes]


def linear_dW_transposed(dy, x, W):
    return dy @ W.T, dy.T @ x, dy.sum(axis=0)


def linear_W_not_transposed(dy, x, W):
    return dy @ W, x.T @ dy, dy.sum(axis=0)


def linear_db_not_summed(dy, x, W):
    return dy @ W.T, x.T @ dy, dy


def linear_db_mean(dy, x, W):
    return dy @ W.T, x.T @ dy, dy.mean(axis=0)


def linear_db_wrong_axis(dy, x, W):
    return dy @ W.T, x.T @ dy, dy.sum(axis=1)


def linear_averaged(dy, x, W):
    return dy @ W.T, x.T @ dy / len(x), dy.mean(axis=0)


def linear_swapped(dy, x, W):
    return x.T @ dy, dy @ W.T, dy.sum(axis=0)


LINEAR_BACKWARD = Exercise(
    name="linear_backward",
    chapter="bptt",
    section="sec-one-step-back",
    cases=linear_cases,
    axes=LINEAR,
    behaviours=[
        Behaviour("dx", "sends dy back to the input through W", 1, looking_at("dx", LINEAR)),
        Behaviour("dW", "gives W the sum over the batch of input times delta", 1, looking_at("dW", LINEAR)),
        Behaviour("db", "gives b the sum of the deltas over the batch", 1, looking_at("db", LINEAR)),
        Behaviour("inputs", "gives all three and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("dW_transposed", "dW is transposed; its shape has to be that of W.", linear_dW_transposed),
        Misconception("W_not_transposed", "dy meets W itself; on the way back it is W transposed.", linear_W_not_transposed),
        Misconception(
            "db_not_summed", "db still has a row for each sequence; one bias serves them all.", linear_db_not_summed
        ),
        Misconception(
            "db_mean", "db is averaged over the batch; a loss of the whole batch asks for the sum.", linear_db_mean
        ),
        Misconception(
            "db_wrong_axis", "db is summed over the outputs; the axis to sum over is the batch.", linear_db_wrong_axis
        ),
        Misconception(
            "averaged", "dW and db are averaged over the batch; a loss of the whole batch asks for the sum.", linear_averaged
        ),
        Misconception("swapped", "dx and dW are returned in each other's place.", linear_swapped),
    ],
)
