"""Checks of ``matmul``."""

import numpy as np

from autograder.checks.autodiff.common import PARENTS_TURNED, arriving_at, pulled, turned, untouched, valued
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.graphs import Node


def matmul_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 2, 3), (3, 3, 3), (1, 3, 2), (2, 1, 5), (5, 4, 1), (2, 2, 2)]  # (B, D, H)
    return [
        {"a": rng.normal(size=(B, D)), "b": rng.normal(size=(D, H)) / np.sqrt(D), "delta": rng.normal(size=(B, H))}
        for B, D, H in sizes
    ]


def matmul_back(a, b, delta):
    return delta @ b.T, a.T @ delta


def matmul_entry_by_entry(a, b):
    return Node(a.value * b.value, (a, b), lambda delta: (delta * b.value, delta * a.value))


def matmul_first_only(a, b):
    return Node(a.value @ b.value, (a,), lambda delta: (delta @ b.value.T,))


MATMUL = Exercise(
    name="matmul",
    chapter="computation_graphs",
    section="sec-operations",
    cases=matmul_cases,
    axes={"da": "", "db": ""},
    behaviours=[
        Behaviour("value", "gives the matrix product", 1, valued),
        Behaviour("first", "sends the right gradient to its first argument", 2, arriving_at("a")),
        Behaviour("second", "sends the right gradient to its second argument", 2, arriving_at("b")),
        untouched("b"),
    ],
    misconceptions=[
        Misconception("parents_turned", PARENTS_TURNED, turned(np.matmul, matmul_back)),
        Misconception(
            "no_transpose",
            "the transposes are missing: going back, each factor has to be turned on its side.",
            pulled(np.matmul, lambda a, b, delta: (delta @ b, a @ delta)),
        ),
        Misconception(
            "first_not_transposed",
            "the gradient of the first factor lacks a transpose: delta has H columns, and b has H columns, not rows.",
            pulled(np.matmul, lambda a, b, delta: (delta @ b, a.T @ delta)),
        ),
        Misconception(
            "second_not_transposed",
            "the gradient of the second factor lacks a transpose: sum over the B rows of a and of delta.",
            pulled(np.matmul, lambda a, b, delta: (delta @ b.T, a @ delta)),
        ),
        Misconception(
            "second_turned",
            "the gradient of the second factor comes out transposed, (H, D); the order of its product is the wrong one.",
            pulled(np.matmul, lambda a, b, delta: (delta @ b.T, delta.T @ a)),
        ),
        Misconception(
            "sides",
            "the products stand the wrong way round: delta takes the place of the factor that is asked for.",
            pulled(np.matmul, lambda a, b, delta: (b.T @ delta, delta @ a.T)),
        ),
        Misconception(
            "own_value",
            "each factor's gradient is computed with its own value; it needs the other factor.",
            pulled(np.matmul, lambda a, b, delta: (delta @ a.T, b.T @ delta)),
        ),
        Misconception(
            "swapped",
            "the two gradients come in the wrong order: the first parent's has to come first.",
            pulled(np.matmul, lambda a, b, delta: (a.T @ delta, delta @ b.T)),
        ),
        Misconception(
            "torch_layout",
            "b is transposed first, as torch's layers store their weights; here b has the shape (D, H) and stays as it is.",
            pulled(lambda a, b: a @ b.T, lambda a, b, delta: (delta @ b, delta.T @ a)),
        ),
        Misconception(
            "averaged",
            "the gradient of the second factor is divided by the number of rows; the rows' parts add.",
            pulled(np.matmul, lambda a, b, delta: (delta @ b.T, a.T @ delta / len(a))),
        ),
        Misconception(
            "first_only", "the second factor is missing among the parents, and nothing is sent to it.", matmul_first_only
        ),
        Misconception(
            "entry_by_entry",
            "the factors are multiplied entry by entry with *; wanted is the matrix product.",
            matmul_entry_by_entry,
        ),
    ],
)
