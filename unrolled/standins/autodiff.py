"""Graphs made of drawn numbers, for ``autodiff``.

Their operations are neighbours of those that students write: waves, shifts, roots, an outer
product. What an unrolled network does is followed with tangents, from its inputs forwards.
"""

from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from unrolled.graphs import Node, nothing_to_pull
from unrolled.values.compare import NOTE

Array = np.ndarray
Note = dict[str, str]

# one operation


def value_of(operation: Callable, **values: Array) -> Array:
    """The value that an operation gives to the nodes of ``values``, delta left out."""
    return _a_node(operation(*(Node(value) for name, value in values.items() if name != "delta"))).value


def arriving(operation: Callable, delta: Array, at: str, **values: Array) -> dict[str, Any]:
    """What reaches the node of ``values[at]`` if ``delta`` enters the operation's result."""
    nodes = {name: Node(value) for name, value in values.items()}
    result = _a_node(operation(*nodes.values()))
    parts = _pulled_back(result, delta)
    return {f"d{at}": _share(result, nodes[at], parts)} | (_other_parents(result, nodes) or _miscounted(result, parts))


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


def _other_parents(result: Node, nodes: dict[str, Node]) -> Note:
    """Which parents a node has, unless they are the arguments in their order."""
    names = {id(node): name for name, node in nodes.items()}
    found, expected = [names.get(id(parent), "another node") for parent in result.parents], list(nodes)
    return {} if found == expected else {NOTE: f"The parents of the node are {_row(found)}; expected {_row(expected)}."}


def _row(names: list[str]) -> str:
    return f"({', '.join(names)}{',' * (len(names) == 1)})"


def _miscounted(result: Node, parts: Any) -> Note:
    """What a pull-back returned, unless it is one array for each parent."""
    if isinstance(parts, tuple | list) and len(parts) == len(result.parents):
        return {}
    count = f" of {len(parts)}" if isinstance(parts, tuple | list) else ""
    return {NOTE: f"pull_back returned {type(parts).__name__}{count}; expected a tuple with one array for each parent."}


# an order of nodes


def bare_graph(parents: list[list[int]], values: Array) -> list[Node]:
    """A graph without operations: node k holds values[k] and comes from the nodes parents[k]."""
    nodes: list[Node] = []
    for value, before in zip(values, parents, strict=True):
        nodes.append(Node(value, [nodes[k] for k in before]))
    return nodes


def computed_along(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Any]:
    """Numbers (N,) computed node by node along the order; a parent that comes later counts as 0."""
    nodes = bare_graph(parents, values)
    order = _numbers(order_of(nodes[-1]), nodes)
    return {"computed": _along(order, parents, weights)} | _flaw(order, parents, _told(parents))


def computed_again(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Any]:
    """The same along the order that a second call gives."""
    nodes = bare_graph(parents, values)
    order_of(nodes[-1])
    order = _numbers(order_of(nodes[-1]), nodes)
    return {"computed": _along(order, parents, weights)} | _flaw(order, parents, _told(parents))


def _told(parents: list[list[int]]) -> str:
    """A graph in words, its nodes as numbers."""
    arrows = [f"{k} from {' and '.join(map(str, before))}" for k, before in enumerate(parents) if before]
    return f"the graph {', '.join(arrows)}" if arrows else "the graph of one node, 0,"


def _numbers(order: Any, nodes: list[Node]) -> list[int]:
    """Which node of ``nodes`` stands at each place of an order."""
    if order is None:
        raise TypeError("the function returned None; expected a list of nodes")
    places = {id(node): k for k, node in enumerate(nodes)}
    order = list(order)
    if any(id(node) not in places for node in order):
        raise TypeError("the list holds something that is no node of the graph")
    return [places[id(node)] for node in order]


def _flaw(order: list[int], parents: list[list[int]], graph: str) -> Note:
    """What is seen first where a list is no topological order of a graph."""
    place = {k: at for at, k in reversed(list(enumerate(order)))}
    early = (f"node {k} stands before its parent {p}" for k in order for p in parents[k] if place.get(p, -1) > place[k])
    often = (f"node {k} stands there {n} times" for k, n in Counter(order).items() if n > 1)
    missing = (f"node {k} is missing" for k in range(len(parents)) if k not in place)
    found = next(early, "") or next(often, "") or next(missing, "")
    shown = ", ".join(map(str, order[:20])) + ", ..." * (len(order) > 20)
    return {NOTE: f"For {graph} the list is [{shown}]: {found}."} if found else {}


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
    return {"counted": found} | _flaw(order, parents, _told(parents))


def weights_in_turn(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Any]:
    """The weights of the nodes as the order has them, of a graph with one order only."""
    nodes = bare_graph(parents, values)
    order = _numbers(order_of(nodes[-1]), nodes)
    return {"in turn": weights[order]} | _flaw(order, parents, _told(parents))


def graph_afterwards(order_of: Callable, parents: list[list[int]], values: Array, weights: Array) -> dict[str, Any]:
    """What is computed along the order, and what the graph's edges and values are afterwards."""
    nodes = bare_graph(parents, values)
    order = _numbers(order_of(nodes[-1]), nodes)
    edges = [weights[n] * np.cos(weights[p]) for n, node in enumerate(nodes) for p in _numbers(node.parents, nodes)]
    return {
        "computed": _along(order, parents, weights),
        "the graph's edges afterwards": np.array(edges),
        "the nodes' values afterwards": np.array([float(node.value) for node in nodes]),
    } | _flaw(order, parents, _told(parents))


def along_a_chain(order_of: Callable, depth: int, weights: Array) -> dict[str, Any]:
    """Numbers picked from the order of a chain of ``depth`` nodes: at its ends, between them, and how many there are."""
    nodes = [Node(weights[0])]
    for k in range(1, depth):
        nodes.append(Node(weights[k % len(weights)], [nodes[-1]]))
    order = _numbers(order_of(nodes[-1]), nodes)
    picked = [order[0], order[len(order) // 3], order[-1], len(order)]
    found = np.array([np.sin(k + weights[k % len(weights)]) for k in picked])
    return {"picked": found} | _flaw(order, [[k - 1] * (k > 0) for k in range(depth)], f"a chain of {depth} nodes")


# deltas that walk back through a graph


class Ledger:
    """What each node of a graph has been asked for: its cost, once for each call of its pull-back."""

    def __init__(self, costs: Array) -> None:
        self.costs, self.calls = costs, np.zeros(len(costs), dtype=int)

    def kept(self, number: int, pull_back: Callable) -> Callable:
        def counted(delta: Array) -> tuple:
            self.calls[number] += 1
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
    spread = ledger.kept(len(nodes) + 1, lambda delta: (delta @ second.value, a.value @ delta))
    return [*nodes, second, Node(np.outer(a.value, v), (a, second), spread)]


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
    return {"the output": _gradient(nodes[-1])} | _without_gradient(nodes, graph)


def effort(backward: Callable, seed: Array, costs: Array, **graph: Any) -> dict[str, Any]:
    """What the pull-backs of a graph cost, node by node, in a backward pass."""
    ledger = Ledger(costs)
    nodes = woven_graph(ledger=ledger, **graph)
    backward(list(nodes), seed)
    return {"spent": costs * ledger.calls} | _not_called_once(nodes, ledger, graph)


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
    named = {name: _gradient(node) for name, node in reversed(list(zip(_names(graph), nodes, strict=True)))}
    return named | _without_gradient(nodes, graph)


def _names(graph: dict[str, Any]) -> list[str]:
    """What each node is called in a sentence."""
    parents, kinds = graph["parents"], graph["kinds"]
    names = [_made_by(k, before, kind) for k, (before, kind) in enumerate(zip(parents, kinds, strict=True))]
    last = len(parents)
    return [*names, f"node {last}, an input", f"the output, the outer product of nodes {last - 1} and {last}"]


def _made_by(number: int, before: list[int], kind: int) -> str:
    if not before:
        return f"node {number}, an input"
    return f"node {number}, the {KINDS[len(before), kind].__name__} of {' and '.join(f'node {k}' for k in before)}"


def _gradient(node: Node) -> Any:
    return "without a gradient" if node.grad is None else node.grad


def _without_gradient(nodes: list[Node], graph: dict[str, Any]) -> Note:
    names = [name for name, node in zip(_names(graph), nodes, strict=True) if node.grad is None]
    if len(names) == len(nodes):
        return {NOTE: "No node has a gradient after the call: node.grad is None everywhere."}
    return {NOTE: f"After the call there is no gradient in {names[-1]}."} if names else {}


def _not_called_once(nodes: list[Node], ledger: Ledger, graph: dict[str, Any]) -> Note:
    for name, node, calls in reversed(list(zip(_names(graph), nodes, ledger.calls, strict=True))):
        if node.parents and calls != 1:
            return {NOTE: f"The pull_back of {name}, was {f'called {calls} times' if calls else 'never called'}."}
    return {}


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
    } | _unmoved(states, [name for name in ("x", "h_0", "W", "b") if arrays[f"{name}_moves"].any()])


def _unmoved(states: list[Node], moved: list[str]) -> Note:
    """The first state that none of the given operations made, or that does not move at all."""
    for t, h in enumerate(states, start=1):
        if not hasattr(h, "tangent"):
            return {NOTE: f"State {t} was not made by concat, matmul, add and tanh, the functions handed over."}
        if moved and not h.tangent.any():
            return {NOTE: f"Whatever happens to {' and '.join(moved)}, state {t} does not change at all."}
    return {}
