"""What the checks of ``autodiff`` have in common.

Of each operation forward value and pull-back are looked at on their own, so that both can earn.
"""

from collections.abc import Callable
from functools import partial

from autograder.checks.spec import Behaviour, Case
from unrolled.graphs import Node
from unrolled.standins import AROUND, autodiff, stand_in


def valued(case: Case) -> Case:
    return case | {AROUND: stand_in(autodiff.value_of)}


def arriving_at(name: str) -> Callable[[Case], Case]:
    """What arrives at the argument called ``name``."""
    return lambda case: case | {AROUND: stand_in(autodiff.arriving), "at": name}


def same_twice(case: Case) -> Case:
    """One node as both arguments."""
    return case | {AROUND: stand_in(autodiff.arriving_at_both)}


def untouched(name: str) -> Behaviour:
    """What arrives, and that neither delta nor the arguments' values are changed by it."""
    says = "does so and leaves delta and its arguments' values as they were"
    return Behaviour("inputs", says, 1, arriving_at(name), looks_at=("value", "inputs"))


def pulled(value: Callable, pull_back: Callable) -> Callable:
    """An operation on two nodes from value(a, b) and pull_back(a, b, delta), which take arrays."""

    def operation(a: Node, b: Node) -> Node:
        return Node(value(a.value, b.value), (a, b), partial(pull_back, a.value, b.value))

    return operation


def turned(value: Callable, pull_back: Callable) -> Callable:
    """The same operation with its parents in the other order; only a note tells it from one whose gradients are exchanged.

    So its misconception stands before all others that give the same gradients.
    """
    return lambda a, b: Node(value(a.value, b.value), (b, a), partial(pull_back, a.value, b.value))


PARENTS_TURNED = "the parents are listed as (b, a), and pull_back gives the array for a first; list them as (a, b)."


Graph = list[list[int]]


CHAIN: Graph = [[], [0], [1], [2], [3]]


def branches(case: Case) -> bool:
    used = [k for before in case["parents"] for k in before]
    return len(used) > len(set(used))
