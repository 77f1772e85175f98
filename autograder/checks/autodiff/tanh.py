"""Checks of ``tanh``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.autodiff.common import arriving_at, untouched, valued
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.graphs import Node


def tanh_cases(rng: np.random.Generator) -> list[Case]:
    shapes = [(4, 3), (1, 5), (2, 1), (6,), (3, 3)]
    return [{"a": rng.normal(size=shape), "delta": rng.normal(size=shape)} for shape in shapes]


def squashed(derivative: Callable) -> Callable:
    """tanh with the pull-back delta * derivative(a, h)."""

    def operation(a: Node) -> Node:
        h = np.tanh(a.value)
        return Node(h, (a,), lambda delta: (delta * derivative(a.value, h),))

    return operation


def tanh_no_delta(a):
    h = np.tanh(a.value)
    return Node(h, (a,), lambda _delta: (1 - h**2,))


def tanh_no_tuple(a):
    h = np.tanh(a.value)
    return Node(h, (a,), lambda delta: delta * (1 - h**2))


def tanh_sigmoid(a):
    h = 1 / (1 + np.exp(-a.value))
    return Node(h, (a,), lambda delta: (delta * h * (1 - h),))


TANH = Exercise(
    name="tanh",
    chapter="computation_graphs",
    section="sec-operations",
    cases=tanh_cases,
    axes={"da": ""},
    behaviours=[
        Behaviour("value", "gives tanh of each entry", 1, valued),
        Behaviour("gradient", "sends back delta times the derivative of tanh", 3, arriving_at("a")),
        untouched("a"),
    ],
    misconceptions=[
        Misconception(
            "at_input",
            "the derivative 1 - a² takes the input a; in 1 - h² stands the output h = tanh(a).",
            squashed(lambda a, _h: 1 - a**2),
        ),
        Misconception("not_squared", "the derivative is 1 - h; the square is missing.", squashed(lambda _a, h: 1 - h)),
        Misconception(
            "tanh_twice",
            "tanh is taken of the output once more; the derivative is 1 - h² with the output itself.",
            squashed(lambda _a, h: 1 - np.tanh(h) ** 2),
        ),
        Misconception(
            "unchanged", "delta is passed on unchanged, without the derivative 1 - h².", squashed(lambda _a, _h: 1.0)
        ),
        Misconception("delta_ignored", "the derivative is sent back without delta; multiply the two.", tanh_no_delta),
        Misconception(
            "no_tuple",
            "the pull-back returns the array itself; wanted is a tuple with one array for the one parent: mind the comma.",
            tanh_no_tuple,
        ),
        Misconception(
            "sigmoid_derivative",
            "the derivative h(1 - h) belongs to the sigmoid; that of tanh is 1 - h².",
            squashed(lambda _a, h: h * (1 - h)),
        ),
        Misconception("sigmoid", "the function is the sigmoid; wanted is tanh.", tanh_sigmoid),
    ],
)
