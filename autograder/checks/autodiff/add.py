"""Checks of ``add``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.autodiff.common import PARENTS_TURNED, arriving_at, pulled, same_twice, turned, untouched, valued
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.graphs import Node


def add_cases(rng: np.random.Generator) -> list[Case]:
    shapes = [
        ((4, 3), (4, 3)),
        ((5, 2), (2,)),
        ((1, 4), (4,)),
        ((3, 1), (1,)),
        ((3, 3), (3,)),
        ((6,), (6,)),
        ((4, 4), (4, 4)),
        ((2, 1, 3), (2, 1, 3)),
    ]
    return [
        {"a": rng.normal(size=first), "b": rng.normal(size=second), "delta": rng.normal(size=first)}
        for first, second in shapes
    ]


def at_same_shape(case: Case) -> Case | None:
    return arriving_at("b")(case) if case["a"].shape == case["b"].shape else None


def at_bias(case: Case) -> Case | None:
    return arriving_at("b")(case) if case["a"].shape != case["b"].shape else None


def square_sums(case: Case) -> Case | None:
    """One node as both arguments, where they have the same shape."""
    return same_twice(case) if case["a"].shape == case["b"].shape else None


def added(bias: Callable, same: Callable = lambda delta: delta) -> Callable:
    """A sum whose second argument gets bias(delta), or same(delta) if the shapes agree."""
    return pulled(np.add, lambda a, b, delta: (delta, (same if a.shape == b.shape else bias)(delta)))


def add_back(a, b, delta):
    return delta, delta if a.shape == b.shape else delta.sum(axis=0)


def add_to_columns(a, b):
    if a.value.shape == b.value.shape:
        return Node(a.value + b.value, (a, b), lambda delta: (delta, delta))
    return Node(a.value + b.value[:, np.newaxis], (a, b), lambda delta: (delta, delta.sum(axis=1)))


def add_in_place(a, b):
    def pull_back(delta):
        return delta, delta.sum(axis=0) if b.value.shape != delta.shape else delta

    a.value += b.value
    return Node(a.value, (a, b), pull_back)


def add_first_only(a, b):
    return Node(a.value + b.value, (a,), lambda delta: (delta,))


ADD = Exercise(
    name="add",
    chapter="computation_graphs",
    section="sec-operations",
    cases=add_cases,
    axes={"da": "", "db": ""},
    behaviours=[
        Behaviour("value", "adds entry by entry, a bias to every row", 1, valued),
        Behaviour("first", "sends delta to its first argument", 1, arriving_at("a")),
        Behaviour("second", "sends delta to a second argument of the same shape", 1, at_same_shape),
        Behaviour("bias", "sends to a bias what all rows send, in the bias's shape", 2, at_bias),
        Behaviour("double", "sends delta twice to a node that is both arguments", 1, square_sums),
        untouched("b"),
    ],
    misconceptions=[
        Misconception("parents_turned", PARENTS_TURNED, turned(np.add, add_back)),
        Misconception(
            "not_summed",
            "a bias gets delta with all its rows; it was used in every row, so its gradient is the sum over the rows.",
            added(lambda delta: delta),
        ),
        Misconception(
            "wrong_axis",
            "for a bias delta is summed along its rows; wanted is the sum over the rows, along axis 0.",
            added(lambda delta: delta.sum(axis=-1)),
        ),
        Misconception(
            "averaged",
            "for a bias delta is averaged over the rows; every row uses the bias, so the deltas add.",
            added(lambda delta: delta.mean(axis=0)),
        ),
        Misconception(
            "kept_axis",
            "the bias's gradient has the shape (1, H); a gradient has the shape of what it belongs to, (H,).",
            added(lambda delta: delta.sum(axis=0, keepdims=True)),
        ),
        Misconception(
            "first_row",
            "a bias gets delta of one row only; it was used in every row, and all rows count.",
            added(lambda delta: delta[0]),
        ),
        Misconception(
            "always_summed",
            "delta is summed over the rows even if both arguments have the same shape; only a bias needs that.",
            added(lambda delta: delta.sum(axis=0), same=lambda delta: delta.sum(axis=0)),
        ),
        Misconception(
            "vectors_summed",
            "delta is summed whenever b is a vector, even if a is one as well; compare the two shapes.",
            pulled(np.add, lambda _a, b, delta: (delta, delta.sum(axis=0) if b.ndim == 1 else delta)),
        ),
        Misconception(
            "first_size",
            "only the first sizes are compared, and with as many rows as units a bias passes for a matrix; compare shapes.",
            pulled(np.add, lambda a, b, delta: (delta, delta if len(a) == len(b) else delta.sum(axis=0))),
        ),
        Misconception(
            "fits_the_rows",
            "delta is summed because b has as many rows as a has columns; a square matrix has that too. Compare shapes.",
            pulled(np.add, lambda a, b, delta: (delta, delta.sum(axis=0) if a.ndim > 1 and len(b) == a.shape[1] else delta)),
        ),
        Misconception(
            "to_columns",
            "the bias is added to every column; it belongs to every row, one number for each unit.",
            add_to_columns,
        ),
        Misconception(
            "in_place",
            "the sum is written into the first argument's value, and whoever needs that value later finds another one.",
            add_in_place,
        ),
        Misconception(
            "delta_ignored",
            "the pull-back gives ones, without delta; the local derivative 1 has to be multiplied by delta.",
            pulled(np.add, lambda a, b, delta: (np.ones_like(a), np.full(b.shape, delta.size / b.size))),
        ),
        Misconception(
            "first_only", "the second argument is missing among the parents, and nothing is sent to it.", add_first_only
        ),
    ],
)
