"""Checks of ``backward``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.autodiff import backward_mistakes as wrong
from autograder.checks.autodiff.common import CHAIN, Graph, branches
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import AROUND, autodiff, stand_in

TWICE = [[], [0], [1, 1], [2]]  # node 2 has node 1 as both arguments


FIBONACCI = [[], [0], [1, 0], [2, 1], [3, 2], [4, 3]]


LONG_WAY = [[], [], [0, 1], [2], [2, 3], [4, 0]]  # node 2 is used directly and by way of node 3


def backward_cases(rng: np.random.Generator) -> list[Case]:
    graphs: list[tuple[Graph, list[int], int, int]] = [
        (CHAIN, [0, 0, 1, 0, 0], 3, 4),  # parents, kinds, sizes M and N
        (TWICE, [0, 0, 1, 0], 4, 2),
        (TWICE, [0, 1, 0, 1], 1, 3),
        (FIBONACCI, [0, 0, 1, 0, 1, 1], 2, 5),
        (LONG_WAY, [0, 0, 0, 1, 0, 0], 5, 1),
        ([[]], [0], 3, 2),
    ]
    return [
        {
            AROUND: stand_in(autodiff.gradients),
            "parents": parents,
            "kinds": kinds,
            "leaves": rng.normal(size=(sum(not before for before in parents), M)),
            "v": rng.normal(size=N),
            "seed": rng.normal(size=(M, N)),
            "costs": rng.uniform(0.5, 2.0, size=len(parents) + 2),
        }
        for parents, kinds, M, N in graphs
    ]


def in_branches(scenario: Callable) -> Callable[[Case], Case | None]:
    return lambda case: case | {AROUND: stand_in(scenario)} if branches(case) and case["parents"] != TWICE else None


def in_all(scenario: Callable) -> Callable[[Case], Case]:
    return lambda case: case | {AROUND: stand_in(scenario)}


def without_branches(case: Case) -> Case | None:
    return None if branches(case) else dict(case)


def both_arguments(case: Case) -> Case | None:
    return dict(case) if case["parents"] == TWICE else None


BACKWARD = Exercise(
    name="backward",
    chapter="computation_graphs",
    section="sec-branches",
    cases=backward_cases,
    behaviours=[
        Behaviour("seed", "gives the output the seed as its gradient", 1, in_all(autodiff.output_gradient)),
        Behaviour("chain", "gives the gradient of every node where nothing branches", 1, without_branches),
        Behaviour("twice", "counts both uses of a node that is both arguments of an operation", 1, both_arguments),
        Behaviour("branches", "adds what arrives in a node from all of its uses", 3, in_branches(autodiff.gradients)),
        Behaviour("once", "calls each node's pull-back once", 2, in_all(autodiff.effort)),
        Behaviour("again", "starts anew if it is called a second time", 1, in_branches(autodiff.second_gradients)),
        Behaviour(
            "inputs",
            "does all that and leaves the list, the seed and the values as they were",
            1,
            in_branches(autodiff.order_afterwards),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception(
            "overwritten",
            "a node keeps the delta that arrived last; where paths meet again, deltas have to be added.",
            wrong.backward_overwritten,
        ),
        Misconception(
            "forwards",
            "the list is walked from the inputs on: nodes pass on a gradient that has not arrived yet.",
            wrong.backward_forwards,
        ),
        Misconception(
            "too_early",
            "nodes are visited as they are reached, and pass on their gradient before all of it has arrived.",
            wrong.backward_too_early,
        ),
        Misconception("no_seed", "the output never gets the seed, so zero arrives everywhere.", wrong.backward_no_seed),
        Misconception("ones_seed", "the output gets ones, whatever the seed is.", wrong.backward_ones_seed),
        Misconception(
            "not_set",
            "no node has a gradient after the call; set node.grad, for what is returned is not looked at.",
            wrong.backward_not_set,
        ),
        Misconception(
            "leaves_only",
            "only inputs and parameters keep their gradient; every node in the list has one.",
            wrong.backward_leaves_only,
        ),
        Misconception(
            "same_once",
            "a node that is both arguments of an operation gets only one of its two parts.",
            wrong.backward_same_once,
        ),
        Misconception(
            "per_path",
            "every path is followed to its end, so that a pull-back is called once for each path instead of once.",
            wrong.backward_per_path,
        ),
        Misconception(
            "counted_twice",
            "a node passes on its gradient each time that something arrives, and what came before is sent again.",
            wrong.backward_counted_twice,
        ),
        Misconception(
            "not_reset", "what an earlier call left in grad is added to; every call starts anew.", wrong.backward_not_reset
        ),
        Misconception(
            "shared",
            "a delta is added in place to an array that another node holds as well, and that node's gradient is spoilt.",
            wrong.backward_shared,
        ),
        Misconception(
            "turned", "the list itself is turned round and stays so; walk along it backwards instead.", wrong.backward_turned
        ),
        Misconception(
            "emptied",
            "the list is taken apart with pop and is empty afterwards; walk along it backwards.",
            wrong.backward_emptied,
        ),
        Misconception(
            "per_parent",
            "a pull-back is called once for each parent; call it once and go through all that it gives.",
            wrong.backward_per_parent,
        ),
        Misconception("first_parent", "only the first parent of each node receives its part.", wrong.backward_first_parent),
    ],
)
