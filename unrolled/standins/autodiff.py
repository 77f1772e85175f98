"""Graphs made of drawn numbers, for ``autodiff``.

Their operations are neighbours of those that students write: waves, shifts, roots, an outer
product. What an unrolled network does is followed with tangents, from its inputs forwards.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from unrolled.graphs import Node

Array = np.ndarray

# one operation


def value_of(operation: Callable, **values: Array) -> Array:
    """The value that an operation gives to the nodes of ``values``, delta left out."""
    return _a_node(operation(*(Node(value) for name, value in values.items() if name != "delta"))).value


def arriving(operation: Callable, delta: Array, at: str, **values: Array) -> dict[str, Array]:
    """What reaches the node of ``values[at]`` if ``delta`` enters the operation's result."""
    nodes = {name: Node(value) for name, value in values.items()}
    return {f"d{at}": _share(_a_node(operation(*nodes.values())), nodes[at], delta)}


def arriving_at_both(operation: Callable, delta: Array, a: Array, **_: Array) -> dict[str, Array]:
    """What reaches the node of ``a`` if it is the first and the second argument."""
    node = Node(a)
    return {"da": _share(_a_node(operation(node, node)), node, delta)}


def _a_node(result: Any) -> Node:
    if isinstance(result, Node):
        return result
    raise TypeError(f"the function returned {type(result).__name__}; expected a Node")


def _share(result: Node, node: Node, delta: Array) -> Array:
    parts = [part for parent, part in zip(result.parents, result.pull_back(delta), strict=False) if parent is node]
    return sum(parts[1:], start=parts[0]) if parts else np.array([])


# an order of nodes


def bare_graph(parents: list[list[int]], values: Array) -> list[Node]:
    """A graph without operations: node k holds values[k] and comes from the nodes parents[k]."""
    nodes: list[Node] = []
    for value, before in zip(values, parents, strict=True):
        nodes.append(Node(value, [nodes[k] for k in before]))
    return nodes


def computed_along(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Array]:
    """Numbers (N,) computed node by node along the order; a parent that comes later counts as 0."""
    nodes = bare_graph(parents, values)
    return _named("number computed", parents, _along(_numbers(order_of(nodes[-1]), nodes), parents, weights))


def computed_again(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Array]:
    """The same along the order that a second call gives."""
    nodes = bare_graph(parents, values)
    order_of(nodes[-1])
    return _named("number computed", parents, _along(_numbers(order_of(nodes[-1]), nodes), parents, weights))


def _named(what: str, parents: list[list[int]], found: Array) -> dict[str, Array]:
    """``found`` under a name that tells the graph: a line such as "w comes from u and v", in numbers."""
    graph = ", ".join(f"{k} from {' and '.join(map(str, before))}" for k, before in enumerate(parents) if before)
    return {f"the {what} for each node of the graph ({graph or 'one node'})": found}


def _numbers(order: Any, nodes: list[Node]) -> list[int]:
    """Which node of ``nodes`` stands at each place of an order."""
    if order is None:
        raise TypeError("the function returned None; expected a list of nodes")
    places = {id(node): k for k, node in enumerate(nodes)}
    order = list(order)
    if any(id(node) not in places for node in order):
        raise TypeError("the list holds something that is no node of the graph")
    return [places[id(node)] for node in order]


def _along(order: list[int], parents: list[list[int]], weights: Array) -> Array:
    found = np.zeros(len(parents))
    for k in order:
        found[k] = weights[k] + sum((j + 2) * np.sin(found[p]) for j, p in enumerate(parents[k]))
    return found


def weight_in_order(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Array]:
    """The weights (N,) of the nodes, each counted as often as its node is in the order."""
    nodes = bare_graph(parents, values)
    found = np.zeros(len(nodes))
    for k in _numbers(order_of(nodes[-1]), nodes):
        found[k] += weights[k]
    return _named("weight counted", parents, found)


def weights_in_turn(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> Array:
    """The weights of the nodes as the order has them, of a graph with one order only."""
    nodes = bare_graph(parents, values)
    return weights[_numbers(order_of(nodes[-1]), nodes)]


def graph_afterwards(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Array]:
    """What is computed along the order, and what the graph's edges and values are afterwards."""
    nodes = bare_graph(parents, values)
    found = _along(_numbers(order_of(nodes[-1]), nodes), parents, weights)
    edges = [weights[n] * np.cos(weights[p]) for n, node in enumerate(nodes) for p in _numbers(node.parents, nodes)]
    return {"computed": found, "edges": np.array(edges), "values": np.array([float(node.value) for node in nodes])}


def along_a_chain(order_of: Callable, depth: int, weights: Array) -> Array:
    """Numbers picked from the order of a chain of ``depth`` nodes: at its ends, between them, and how many there are."""
    nodes = [Node(weights[0])]
    for k in range(1, depth):
        nodes.append(Node(weights[k % len(weights)], [nodes[-1]]))
    order = _numbers(order_of(nodes[-1]), nodes)
    picked = [order[0], order[len(order) // 3], order[-1], len(order)]
    return np.array([np.sin(k + weights[k % len(weights)]) for k in picked])


# deltas that walk back through a graph


class Ledger:
    """What each node of a graph has been asked for: its cost, once for each call of its pull-back."""

    def __init__(self, costs: Array) -> None:
        self.costs, self.spent = costs, np.zeros(len(costs))

    def kept(self, number: int, pull_back: Callable) -> Callable:
        def counted(delta: Array) -> tuple:
            self.spent[number] += self.costs[number]
            return pull_back(delta)

        return counted


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
    spread = ledger.kept(len(nodes), lambda delta: (delta @ second.value, a.value @ delta))
    return [*nodes, second, Node(np.outer(a.value, v), (a, second), spread)]


def gradients(backward: Callable, seed: Array, costs: Array, **graph: Any) -> dict[str, Any]:
    """The gradient that each node has after a backward pass, from the output back to the inputs."""
    nodes = woven_graph(ledger=Ledger(costs), **graph)
    backward(list(nodes), seed)
    return _gradients(nodes, graph["parents"], graph["kinds"])


def second_gradients(backward: Callable, seed: Array, costs: Array, **graph: Any) -> dict[str, Any]:
    """The same after a second backward pass along the same list, with half the seed."""
    nodes = woven_graph(ledger=Ledger(costs), **graph)
    order = list(nodes)
    backward(order, seed)
    backward(order, seed / 2)
    return _gradients(nodes, graph["parents"], graph["kinds"])


def output_gradient(backward: Callable, seed: Array, costs: Array, **graph: Any) -> Any:
    """The gradient that the output has after a backward pass."""
    nodes = woven_graph(ledger=Ledger(costs), **graph)
    backward(list(nodes), seed)
    return _gradient(nodes[-1])


def effort(backward: Callable, seed: Array, costs: Array, **graph: Any) -> Array:
    """What the pull-backs of a graph cost, node by node, in a backward pass."""
    ledger = Ledger(costs)
    backward(woven_graph(ledger=ledger, **graph), seed)
    return ledger.spent


def order_afterwards(backward: Callable, seed: Array, costs: Array, **graph: Any) -> dict[str, Any]:
    """The gradients, and after them what stands in the list that was handed over: costs, then values."""
    nodes = woven_graph(ledger=Ledger(costs), **graph)
    order, places = list(nodes), {id(node): k for k, node in enumerate(nodes)}
    backward(order, seed)
    listed = np.array([costs[places[id(node)] % len(costs)] * (1 + k) for k, node in enumerate(order)])
    return _gradients(nodes, graph["parents"], graph["kinds"]) | {
        "order": listed,
        "values": np.concatenate([node.value.ravel() for node in nodes]),
    }


def _gradients(nodes: list[Node], parents: list[list[int]], kinds: list[int]) -> dict[str, Any]:
    """Gradients by a name that says how the node was computed, from the output back to the inputs."""
    names = [_made_by(k, before, kind) for k, (before, kind) in enumerate(zip(parents, kinds, strict=True))]
    names += [f"node {len(parents)}, an input", f"output, the outer product of nodes {len(parents) - 1} and {len(parents)}"]
    return {name: _gradient(node) for name, node in reversed(list(zip(names, nodes, strict=True)))}


def _made_by(number: int, before: list[int], kind: int) -> str:
    if not before:
        return f"node {number}, an input"
    return f"node {number}, the {KINDS[len(before), kind].__name__} of {' and '.join(f'node {k}' for k in before)}"


def _gradient(node: Node) -> Any:
    return "without a gradient" if node.grad is None else node.grad


# an unrolled network, followed forwards: each node carries a tangent


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


def unrolled_states(rnn_graph: Callable, **arrays: Array) -> dict[str, Array]:
    """The values of the states that a graph unrolls to, and how fast they move.

    arrays: x (B, T, D), h_0 (B, H), W (D+H, H), b (H,), and for each how fast it moves: x_moves, ...
    """
    return _followed(rnn_graph, _input_nodes(arrays), arrays)


def states_and_inputs(rnn_graph: Callable, **arrays: Array) -> dict[str, Array]:
    """The same, and beside it what stands in the list of inputs afterwards."""
    inputs = _input_nodes(arrays)
    found = _followed(rnn_graph, inputs, arrays)
    return found | {"inputs afterwards": np.array([node.value for node in inputs])}


def _input_nodes(arrays: dict[str, Array]) -> list[Node]:
    x, x_moves = arrays["x"], arrays["x_moves"]
    return [moving(x[:, t], x_moves[:, t]) for t in range(x.shape[1])]


def _followed(rnn_graph: Callable, inputs: list[Node], arrays: dict[str, Array]) -> dict[str, Array]:
    given = [moving(arrays[name], arrays[f"{name}_moves"]) for name in ("h_0", "W", "b")]
    result = rnn_graph(inputs, *given, abreast, wavy_product, leaning_sum, sine)
    states = [_a_node(h) for h in (result if isinstance(result, list | tuple) else [result])]
    return {
        "states": np.stack([h.value for h in states], axis=1),
        "movement": np.stack([tangent_of(h) for h in states], axis=1),
    }
