"""Checks of ``mul``."""

import numpy as np

from autograder.checks.autodiff.common import PARENTS_TURNED, arriving_at, pulled, same_twice, turned, untouched, valued
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.graphs import Node


def mul_cases(rng: np.random.Generator) -> list[Case]:
    shapes: list[tuple[int, ...]] = [(4, 3), (1, 5), (2, 1), (3, 3), (6,), (1,)]
    return [{"a": rng.normal(size=shape), "b": rng.normal(size=shape), "delta": rng.normal(size=shape)} for shape in shapes]


def mul_same_once(a, b):
    parents = (a,) if a is b else (a, b)
    return Node(a.value * b.value, parents, lambda delta: (delta * b.value, delta * a.value))


def mul_matrix_product(a, b):
    def pull_back(delta):
        return delta @ b.value.T, a.value.T @ delta

    return Node(a.value @ b.value, (a, b), pull_back)


def mul_first_only(a, b):
    return Node(a.value * b.value, (a,), lambda delta: (delta * b.value,))


MUL = Exercise(
    name="mul",
    chapter="computation_graphs",
    section="sec-operations",
    cases=mul_cases,
    axes={"da": "", "db": ""},
    behaviours=[
        Behaviour("value", "multiplies entry by entry", 1, valued),
        Behaviour("first", "sends delta times the other value to its first argument", 1, arriving_at("a")),
        Behaviour("second", "sends delta times the other value to its second argument", 1, arriving_at("b")),
        Behaviour("square", "sends both parts to a node that is both arguments", 1, same_twice),
        untouched("a"),
    ],
    misconceptions=[
        Misconception("parents_turned", PARENTS_TURNED, turned(np.multiply, lambda a, b, delta: (delta * b, delta * a))),
        Misconception(
            "own_value",
            "each factor gets delta times its own value; the derivative of a product is the other factor.",
            pulled(np.multiply, lambda a, b, delta: (delta * a, delta * b)),
        ),
        Misconception(
            "delta_ignored",
            "the pull-back gives the other factor without delta; what comes from above has to be multiplied in.",
            pulled(np.multiply, lambda a, b, _delta: (b, a)),
        ),
        Misconception(
            "unchanged",
            "delta is passed on unchanged, as a sum would do; a product multiplies it by the other factor.",
            pulled(np.multiply, lambda _a, _b, delta: (delta, delta)),
        ),
        Misconception(
            "same_once",
            "a node that is both factors is listed once among the parents, and one of its two parts is lost.",
            mul_same_once,
        ),
        Misconception(
            "first_only", "the second factor is missing among the parents, and nothing is sent to it.", mul_first_only
        ),
        Misconception(
            "matrix_product",
            "the matrix product is taken; wanted is the product entry by entry.",
            mul_matrix_product,
        ),
    ],
)
