"""Checks of ``topological_order``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.autodiff.common import CHAIN, Graph, branches
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import AROUND, autodiff, stand_in

LONG_WAY_LAST = [[], [0], [1], [2], [0, 3]]  # the output comes from node 0 directly and by a long way


LONG_WAY_FIRST = [[], [0], [1], [2], [3, 0]]


LADDER = [[], [], [1, 0], [2, 2], [2, 3], [4], [4, 1], [6, 5], [7, 0]]


WEB = [[], [0], [], [0, 1], [3, 2], [1, 4], [4, 3], [6, 5, 2]]


def order_cases(rng: np.random.Generator) -> list[Case]:
    graphs: list[Graph] = [CHAIN, LONG_WAY_LAST, LONG_WAY_FIRST, LADDER, WEB, [[]]]
    return [
        {
            "parents": parents,
            "values": rng.integers(1, 4, size=len(parents)).astype(float),  # few values: several nodes have the same
            "weights": rng.uniform(0.5, 2.0, size=len(parents)),
        }
        for parents in graphs
    ]


def around_branches(scenario: Callable) -> Callable[[Case], Case | None]:
    """Only graphs in which some node is used more than once."""
    return lambda case: case | {AROUND: stand_in(scenario)} if branches(case) else None


def a_chain(case: Case) -> Case | None:
    return None if branches(case) else case | {AROUND: stand_in(autodiff.weights_in_turn)}


def deep_chain(case: Case) -> Case | None:
    """A chain as long as the graph, and a very long one."""
    if branches(case):
        return None
    depth = 4_000 if len(case["parents"]) > 1 else 3
    return {AROUND: stand_in(autodiff.along_a_chain), "depth": depth, "weights": case["weights"]}


def order_recursive(node):
    order, seen = [], set()

    def visit(current):
        if current not in seen:
            seen.add(current)
            for parent in current.parents:
                visit(parent)
            order.append(current)

    visit(node)
    return order


def _walked(node, key=id):
    """The reference's walk, with what tells nodes apart."""
    order, seen, stack = [], set(), [(node, False)]
    while stack:
        current, ready = stack.pop()
        if ready:
            order.append(current)
        elif key(current) not in seen:
            seen.add(key(current))
            stack.append((current, True))
            stack.extend((parent, False) for parent in current.parents)
    return order


def order_output_first(node):
    return _walked(node)[::-1]


def order_per_path(node):
    order, stack = [], [(node, False)]
    while stack:
        current, ready = stack.pop()
        if ready:
            order.append(current)
        else:
            stack.append((current, True))
            stack.extend((parent, False) for parent in current.parents)
    return order


def order_breadth_first(node):
    order = [node]
    for current in order:
        order.extend(parent for parent in dict.fromkeys(current.parents) if parent not in order)
    return order[::-1]


def order_when_met(turn: Callable) -> Callable:
    """Nodes put down when their turn on the stack comes, the list turned round; turn: in which order parents get on it."""

    def topological_order(node):
        order, seen, stack = [], set(), [node]
        while stack:
            current = stack.pop()
            if current not in seen:
                seen.add(current)
                order.append(current)
                stack.extend(turn(current.parents))
        return order[::-1]

    return topological_order


def order_when_pushed(node):
    order, seen, stack = [], {node}, [node]
    while stack:
        order.append(stack.pop())
        new = [p for p in dict.fromkeys(order[-1].parents) if p not in seen]
        seen.update(new)
        stack.extend(new)
    return order[::-1]


def order_marked_too_early(turn: Callable) -> Callable:
    """Nodes put down after their parents, but marked when they are put on the stack."""

    def topological_order(node):
        order, seen, stack = [], {node}, [(node, False)]
        while stack:
            current, ready = stack.pop()
            if ready:
                order.append(current)
                continue
            new = [p for p in dict.fromkeys(turn(current.parents)) if p not in seen]
            seen.update(new)
            stack.extend([(current, True), *((p, False) for p in new)])
        return order

    return topological_order


def order_first_parent(node):
    order = [node]
    while order[-1].parents:
        order.append(order[-1].parents[0])
    return order[::-1]


def order_without_output(node):
    return _walked(node)[:-1]


def order_without_leaves(node):
    return [n for n in _walked(node) if n.parents]


def order_by_value(node):
    return _walked(node, key=lambda n: float(n.value))


def order_marks(node):
    order = [n for n in _walked(node) if not getattr(n, "visited", False)]
    for n in order:
        n.visited = True
    return order


PUT_DOWN_WHEN_MET = (
    "a node is put down when it is met, before its parents are finished; turning the list round does not mend that."
)


SEEN_WHEN_PUSHED = "a node counts as seen when it is put on the stack; another node may need it before its turn comes."


TOPOLOGICAL_ORDER = Exercise(
    name="topological_order",
    chapter="computation_graphs",
    section="sec-order",
    cases=order_cases,
    behaviours=[
        Behaviour("chain", "lists a chain from its input to its output", 1, a_chain),
        Behaviour("parents", "puts every node after all of its parents", 2, around_branches(autodiff.computed_along)),
        Behaviour(
            "once", "lists every node once, however many ways lead to it", 2, around_branches(autodiff.weight_in_order)
        ),
        Behaviour("again", "gives the same if it is called a second time", 1, around_branches(autodiff.computed_again)),
        Behaviour("deep", "copes with a chain of 4,000 nodes", 2, deep_chain),
        Behaviour("inputs", "does all that and leaves the graph as it was", 1, around_branches(autodiff.graph_afterwards)),
    ],
    misconceptions=[
        Misconception(
            "output_first", "the order runs from the output to the inputs; parents come first.", order_output_first
        ),
        Misconception(
            "per_path",
            "a node is listed once for each way that leads to it; remember which nodes were seen already.",
            order_per_path,
        ),
        Misconception(
            "breadth_first",
            "nodes are sorted by their distance from the output; what is near by one way may be far by another.",
            order_breadth_first,
        ),
        Misconception("preorder", PUT_DOWN_WHEN_MET, order_when_met(reversed)),
        Misconception("preorder_last_first", PUT_DOWN_WHEN_MET, order_when_met(iter)),
        Misconception("preorder_pushed", PUT_DOWN_WHEN_MET, order_when_pushed),
        Misconception("marked_too_early", SEEN_WHEN_PUSHED, order_marked_too_early(reversed)),
        Misconception("marked_last_first", SEEN_WHEN_PUSHED, order_marked_too_early(iter)),
        Misconception(
            "first_parent", "only the first parent of each node is followed; all of them count.", order_first_parent
        ),
        Misconception("without_output", "the output itself is missing at the end of the list.", order_without_output),
        Misconception(
            "without_leaves",
            "nodes without parents are left out; inputs and parameters belong to the order.",
            order_without_leaves,
        ),
        Misconception(
            "by_value", "two nodes with the same value are taken for one; ask whether it is the same node.", order_by_value
        ),
        Misconception(
            "marks", "nodes are marked as visited for good, so that a second call does not find them any more.", order_marks
        ),
        Misconception(
            "recursive",
            "the function calls itself for each parent, and a deep graph needs more nested calls than Python allows.",
            order_recursive,
        ),
    ],
)
