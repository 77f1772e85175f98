"""Graphs made of drawn numbers, for ``autodiff``.

Their operations are neighbours of those that students write: waves, shifts, roots, an outer
product. What an unrolled network does is followed with tangents, from its inputs forwards.
The graphs stand in ``autodiff_graphs``, and what is said of a wrong one in ``autodiff_notes``.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from unrolled.graphs import Node, nothing_to_pull
from unrolled.standins.autodiff_graphs import (
    Array,
    Ledger,
    abreast,
    bare_graph,
    leaning_sum,
    moving,
    sine,
    tangent_of,
    wavy_product,
    woven_graph,
)
from unrolled.standins.autodiff_notes import (
    flaw,
    miscounted,
    names_of,
    not_called_once,
    other_parents,
    told,
    unmoved,
    without_gradient,
)

# one operation


def value_of(operation: Callable, **values: Array) -> Array:
    """The value that an operation gives to the nodes of ``values``, delta left out."""
    return _a_node(operation(*(Node(value) for name, value in values.items() if name != "delta"))).value


def arriving(operation: Callable, delta: Array, at: str, **values: Array) -> dict[str, Any]:
    """What reaches the node of ``values[at]`` if ``delta`` enters the operation's result."""
    nodes = {name: Node(value) for name, value in values.items()}
    result = _a_node(operation(*nodes.values()))
    parts = _pulled_back(result, delta)
    return {f"d{at}": _share(result, nodes[at], parts)} | (other_parents(result, nodes) or miscounted(result, parts))


def arriving_at_both(operation: Callable, delta: Array, a: Array, **_: Array) -> dict[str, Any]:
    """What reaches the node of ``a`` if it is the first and the second argument."""
    node = Node(a)
    result = _a_node(operation(node, node))
    return {"da": _share(result, node, _pulled_back(result, delta))}


def _a_node(result: Any, whence: str = "the function returned") -> Node:
    if isinstance(result, Node):
        return result
    raise TypeError(f"{whence} {type(result).__name__}; expected a Node")


def _pulled_back(result: Node, delta: Array) -> Any:
    if result.pull_back is nothing_to_pull:
        raise TypeError("the node was made without a pull_back; expected Node(value, parents, pull_back)")
    parts = result.pull_back(delta)
    if parts is None:
        raise TypeError("pull_back returned None; expected a tuple with one array for each parent")
    return parts


def _share(result: Node, node: Node, parts: Any) -> Array:
    mine = [part for parent, part in zip(result.parents, parts, strict=False) if parent is node]
    return sum(mine[1:], start=mine[0]) if mine else np.array([])


# an order of nodes


def computed_along(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Any]:
    """Numbers (N,) computed node by node along the order; a parent that comes later counts as 0."""
    nodes = bare_graph(parents, values)
    order = _numbers(order_of(nodes[-1]), nodes)
    return {"computed": _along(order, parents, weights)} | flaw(order, parents, told(parents))


def computed_again(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Any]:
    """The same along the order that a second call gives."""
    nodes = bare_graph(parents, values)
    order_of(nodes[-1])
    order = _numbers(order_of(nodes[-1]), nodes)
    return {"computed": _along(order, parents, weights)} | flaw(order, parents, told(parents))


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


def weight_in_order(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Any]:
    """The weights (N,) of the nodes, each counted as often as its node is in the order."""
    nodes = bare_graph(parents, values)
    order = _numbers(order_of(nodes[-1]), nodes)
    found = np.zeros(len(nodes))
    for k in order:
        found[k] += weights[k]
    return {"counted": found} | flaw(order, parents, told(parents))


def weights_in_turn(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Any]:
    """The weights of the nodes as the order has them, of a graph with one order only."""
    nodes = bare_graph(parents, values)
    order = _numbers(order_of(nodes[-1]), nodes)
    return {"in turn": weights[order]} | flaw(order, parents, told(parents))


def graph_afterwards(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Any]:
    """What is computed along the order, and what the graph's edges and values are afterwards."""
    nodes = bare_graph(parents, values)
    order = _numbers(order_of(nodes[-1]), nodes)
    edges = [weights[n] * np.cos(weights[p]) for n, node in enumerate(nodes) for p in _numbers(node.parents, nodes)]
    return {
        "computed": _along(order, parents, weights),
        "the graph's edges afterwards": np.array(edges),
        "the nodes' values afterwards": np.array([float(node.value) for node in nodes]),
    } | flaw(order, parents, told(parents))


def along_a_chain(order_of: Callable, depth: int, weights: Array) -> dict[str, Any]:
    """Numbers picked from the order of a chain of ``depth`` nodes: at its ends, between them, and how many there are."""
    nodes = [Node(weights[0])]
    for k in range(1, depth):
        nodes.append(Node(weights[k % len(weights)], [nodes[-1]]))
    order = _numbers(order_of(nodes[-1]), nodes)
    picked = [order[0], order[len(order) // 3], order[-1], len(order)]
    found = np.array([np.sin(k + weights[k % len(weights)]) for k in picked])
    return {"picked": found} | flaw(order, [[k - 1] * (k > 0) for k in range(depth)], f"a chain of {depth} nodes")


# deltas that walk back through a graph


def gradients(backward: Callable, seed: Array, costs: Array, **graph: Any) -> dict[str, Any]:
    """The gradient that each node has after a backward pass, from the output back to the inputs."""
    nodes = woven_graph(ledger=Ledger(costs), **graph)
    backward(list(nodes), seed)
    return _gradients(nodes, graph)


def second_gradients(backward: Callable, seed: Array, costs: Array, **graph: Any) -> dict[str, Any]:
    """The same after a second backward pass along the same list, with half the seed."""
    nodes = woven_graph(ledger=Ledger(costs), **graph)
    order = list(nodes)
    backward(order, seed)
    backward(order, seed / 2)
    return _gradients(nodes, graph)


def output_gradient(backward: Callable, seed: Array, costs: Array, **graph: Any) -> dict[str, Any]:
    """The gradient that the output has after a backward pass."""
    nodes = woven_graph(ledger=Ledger(costs), **graph)
    backward(list(nodes), seed)
    return {"the output": _gradient(nodes[-1])} | without_gradient(nodes, graph)


def effort(backward: Callable, seed: Array, costs: Array, **graph: Any) -> dict[str, Any]:
    """What the pull-backs of a graph cost, node by node, in a backward pass."""
    ledger = Ledger(costs)
    nodes = woven_graph(ledger=ledger, **graph)
    backward(list(nodes), seed)
    return {"spent": costs * ledger.calls} | not_called_once(nodes, ledger, graph)


def order_afterwards(backward: Callable, seed: Array, costs: Array, **graph: Any) -> dict[str, Any]:
    """The gradients, and after them what stands in the list that was handed over: costs, then values."""
    nodes = woven_graph(ledger=Ledger(costs), **graph)
    order, places = list(nodes), {id(node): k for k, node in enumerate(nodes)}
    backward(order, seed)
    listed = np.array([costs[places[id(node)] % len(costs)] * (1 + k) for k, node in enumerate(order)])
    return _gradients(nodes, graph) | {
        "the list afterwards": listed,
        "values afterwards": np.concatenate([node.value.ravel() for node in nodes]),
    }


def _gradients(nodes: list[Node], graph: dict[str, Any]) -> dict[str, Any]:
    """Gradients by a name that says how the node was computed, from the output back to the inputs."""
    named = {name: _gradient(node) for name, node in reversed(list(zip(names_of(graph), nodes, strict=True)))}
    return named | without_gradient(nodes, graph)


def _gradient(node: Node) -> Any:
    return "without a gradient" if node.grad is None else node.grad


# an unrolled network, followed forwards: each node carries a tangent


STATES, CHANGES = "states", "how the states change if inputs or parameters do"


def unrolled_states(rnn_graph: Callable, **arrays: Array) -> dict[str, Any]:
    """The values of the states that a graph unrolls to, and how fast they move.

    arrays: x (B, T, D), h_0 (B, H), W (D+H, H), b (H,), and for each how fast it moves: x_moves, ...
    """
    return _followed(rnn_graph, _input_nodes(arrays), arrays)


def states_and_inputs(rnn_graph: Callable, **arrays: Array) -> dict[str, Any]:
    """The same, and beside it what stands in the list of inputs afterwards."""
    inputs = _input_nodes(arrays)
    found = _followed(rnn_graph, inputs, arrays)
    return found | {"inputs afterwards": np.array([node.value for node in inputs])}


def _input_nodes(arrays: dict[str, Array]) -> list[Node]:
    x, x_moves = arrays["x"], arrays["x_moves"]
    return [moving(x[:, t], x_moves[:, t]) for t in range(x.shape[1])]


def _followed(rnn_graph: Callable, inputs: list[Node], arrays: dict[str, Array]) -> dict[str, Any]:
    given = [moving(arrays[name], arrays[f"{name}_moves"]) for name in ("h_0", "W", "b")]
    result = rnn_graph(inputs, *given, abreast, wavy_product, leaning_sum, sine)
    listed = isinstance(result, list | tuple)
    states = [_a_node(h, "the list holds") for h in result] if listed else [_a_node(result)]
    return {
        STATES: np.stack([h.value for h in states], axis=1),
        CHANGES: np.stack([tangent_of(h) for h in states], axis=1),
    } | unmoved(states, [name for name in ("x", "h_0", "W", "b") if arrays[f"{name}_moves"].any()])
