"""What the stand-ins of ``autodiff`` say of a node, an order or a gradient that is not as it should be."""

from collections import Counter
from typing import Any

from unrolled.graphs import Node
from unrolled.standins.autodiff_graphs import KINDS, Ledger
from unrolled.values.compare import NOTE

Note = dict[str, str]


def other_parents(result: Node, nodes: dict[str, Node]) -> Note:
    """Which parents a node has, unless they are the arguments in their order."""
    names = {id(node): name for name, node in nodes.items()}
    found, expected = [names.get(id(parent), "another node") for parent in result.parents], list(nodes)
    return {} if found == expected else {NOTE: f"The parents of the node are {_row(found)}; expected {_row(expected)}."}


def _row(names: list[str]) -> str:
    return f"({', '.join(names)}{',' * (len(names) == 1)})"


def miscounted(result: Node, parts: Any) -> Note:
    """What a pull-back returned, unless it is one array for each parent."""
    if isinstance(parts, tuple | list) and len(parts) == len(result.parents):
        return {}
    count = f" of {len(parts)}" if isinstance(parts, tuple | list) else ""
    return {NOTE: f"pull_back returned {type(parts).__name__}{count}; expected a tuple with one array for each parent."}


def told(parents: list[list[int]]) -> str:
    """A graph in words, its nodes as numbers."""
    arrows = [f"{k} from {' and '.join(map(str, before))}" for k, before in enumerate(parents) if before]
    return f"the graph {', '.join(arrows)}" if arrows else "the graph of one node, 0,"


def flaw(order: list[int], parents: list[list[int]], graph: str) -> Note:
    """What is seen first where a list is no topological order of a graph."""
    place = {k: at for at, k in reversed(list(enumerate(order)))}
    early = (f"node {k} stands before its parent {p}" for k in order for p in parents[k] if place.get(p, -1) > place[k])
    often = (f"node {k} stands there {n} times" for k, n in Counter(order).items() if n > 1)
    missing = (f"node {k} is missing" for k in range(len(parents)) if k not in place)
    found = next(early, "") or next(often, "") or next(missing, "")
    shown = ", ".join(map(str, order[:20])) + ", ..." * (len(order) > 20)
    return {NOTE: f"For {graph} the list is [{shown}]: {found}."} if found else {}


def names_of(graph: dict[str, Any]) -> list[str]:
    """What each node is called in a sentence."""
    parents, kinds = graph["parents"], graph["kinds"]
    names = [_made_by(k, before, kind) for k, (before, kind) in enumerate(zip(parents, kinds, strict=True))]
    last = len(parents)
    return [*names, f"node {last}, an input", f"the output, the outer product of nodes {last - 1} and {last}"]


def _made_by(number: int, before: list[int], kind: int) -> str:
    if not before:
        return f"node {number}, an input"
    return f"node {number}, the {KINDS[len(before), kind].__name__} of {' and '.join(f'node {k}' for k in before)}"


def without_gradient(nodes: list[Node], graph: dict[str, Any]) -> Note:
    """The first node, from the output back, that has no gradient."""
    names = [name for name, node in zip(names_of(graph), nodes, strict=True) if node.grad is None]
    if len(names) == len(nodes):
        return {NOTE: "No node has a gradient after the call: node.grad is None everywhere."}
    return {NOTE: f"After the call there is no gradient in {names[-1]}."} if names else {}


def not_called_once(nodes: list[Node], ledger: Ledger, graph: dict[str, Any]) -> Note:
    """The first node, from the output back, whose pull-back was not called just once."""
    for name, node, calls in reversed(list(zip(names_of(graph), nodes, ledger.calls, strict=True))):
        if node.parents and calls != 1:
            return {NOTE: f"The pull_back of {name}, was {f'called {calls} times' if calls else 'never called'}."}
    return {}


def unmoved(states: list[Node], moved: list[str]) -> Note:
    """The first state that none of the given operations made, or that does not move at all."""
    for t, h in enumerate(states, start=1):
        if not hasattr(h, "tangent"):
            return {NOTE: f"State {t} was not made by concat, matmul, add and tanh, the functions handed over."}
        if moved and not h.tangent.any():
            return {NOTE: f"Whatever happens to {' and '.join(moved)}, state {t} does not change at all."}
    return {}
