"""The graphs that the stand-ins of ``autodiff`` hand in."""

from collections.abc import Callable

import numpy as np

from unrolled.graphs import Node

Array = np.ndarray


def bare_graph(parents: list[list[int]], values: Array) -> list[Node]:
    """A graph without operations: node k holds values[k] and comes from the nodes parents[k]."""
    nodes: list[Node] = []
    for value, before in zip(values, parents, strict=True):
        nodes.append(Node(value, [nodes[k] for k in before]))
    return nodes


class Ledger:
    """What each node of a graph has been asked for: its cost, once for each call of its pull-back."""

    def __init__(self, costs: Array) -> None:
        self.costs, self.calls = costs, np.zeros(len(costs), dtype=int)

    def kept(self, number: int, pull_back: Callable) -> Callable:
        def counted(delta: Array) -> tuple:
            self.calls[number] += 1
            return pull_back(delta)

        return counted


# operations of a woven graph: the value, and the pull-back


def wave(a: Array) -> tuple[Array, Callable]:
    return np.sin(1.3 * a), lambda delta: (1.3 * delta * np.cos(1.3 * a),)


def shift(a: Array) -> tuple[Array, Callable]:
    return a + 0.7, lambda delta: (delta,)


def root(a: Array, b: Array) -> tuple[Array, Callable]:
    out = np.sqrt(1 + a**2 + 2 * b**2)
    return out, lambda delta: (delta * a / out, 2 * delta * b / out)


def swing(a: Array, b: Array) -> tuple[Array, Callable]:
    def pull_back(delta: Array) -> tuple:
        both = delta * np.cos(a + b)
        return both, both

    return np.sin(a + b), pull_back


KINDS: dict[tuple[int, int], Callable] = {(1, 0): wave, (1, 1): shift, (2, 0): root, (2, 1): swing}


def woven_graph(parents: list[list[int]], kinds: list[int], leaves: Array, v: Array, ledger: Ledger) -> list[Node]:
    """A graph of waves, shifts, roots and swings, in the order it was made.

    parents: of each node; a node without parents takes the next row of leaves (K, M)
    kinds: which of the two operations with so many arguments it is
    The last two nodes are v (N,) and the output: the outer product of the node before and v.
    """
    rows, nodes = iter(leaves), []
    for number, (before, kind) in enumerate(zip(parents, kinds, strict=True)):
        if not before:
            nodes.append(Node(next(rows)))
            continue
        value, pull_back = KINDS[len(before), kind](*(nodes[k].value for k in before))
        nodes.append(Node(value, [nodes[k] for k in before], ledger.kept(number, pull_back)))
    a, second = nodes[-1], Node(v)
    spread = ledger.kept(len(nodes) + 1, lambda delta: (delta @ second.value, a.value @ delta))
    return [*nodes, second, Node(np.outer(a.value, v), (a, second), spread)]


# nodes of an unrolled network that is followed forwards: each carries a tangent


def moving(value: Array, tangent: Array, *parents: Node) -> Node:
    """A node that also knows how fast its value moves."""
    node = Node(value, parents)
    node.tangent = tangent  # type: ignore[attr-defined]
    return node


def tangent_of(node: Node) -> Array:
    """How fast the node's value moves; not at all if nobody said so."""
    return getattr(node, "tangent", np.zeros(np.shape(node.value)))


def abreast(a: Node, b: Node) -> Node:
    """Twice a and three times b, in one row."""
    pairs = ((2 * a.value, 3 * b.value), (2 * tangent_of(a), 3 * tangent_of(b)))
    return moving(np.hstack(pairs[0]), np.hstack(pairs[1]), a, b)


def wavy_product(a: Node, b: Node) -> Node:
    """The product of cos(a) and b."""
    turned = -np.sin(a.value) * tangent_of(a)
    return moving(np.cos(a.value) @ b.value, turned @ b.value + np.cos(a.value) @ tangent_of(b), a, b)


def leaning_sum(a: Node, b: Node) -> Node:
    """a and one and a half times b."""
    return moving(a.value + 1.5 * b.value, tangent_of(a) + 1.5 * tangent_of(b), a, b)


def sine(a: Node) -> Node:
    return moving(np.sin(a.value), np.cos(a.value) * tangent_of(a), a)
