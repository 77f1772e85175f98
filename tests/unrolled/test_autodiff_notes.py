"""What a stand-in notes in words about graphs that are not as they should be."""

import numpy as np
import pytest

from unrolled.graphs import Node
from unrolled.standins import autodiff
from unrolled.values.compare import NOTE

X = np.array([[1.0, 2.0, 3.0]])
GRAPH = {"parents": [[], [0], [0, 1]], "values": np.ones(3), "weights": np.arange(1.0, 4.0)}
WOVEN = {"parents": [[], [0]], "kinds": [0, 0], "leaves": np.ones((1, 2)), "v": np.ones(3)}


def difference_of(parents, parts):
    """a - b, with some parents and what its pull-back gives."""
    return lambda a, b: Node(a.value - b.value, parents(a, b), lambda delta: parts(delta))


@pytest.mark.parametrize(
    ("parents", "parts", "note"),
    [
        (lambda a, b: (a, b), lambda d: (d, -d), None),
        (lambda a, b: (b, a), lambda d: (-d, d), "The parents of the node are (b, a); expected (a, b)."),
        (lambda a, b: (a,), lambda d: (d,), "The parents of the node are (a,); expected (a, b)."),
        (
            lambda a, b: (a, Node(b.value)),
            lambda d: (d, -d),
            "The parents of the node are (a, another node); expected (a, b).",
        ),
        (
            lambda a, b: (a, b),
            lambda d: (d,),
            "pull_back returned tuple of 1; expected a tuple with one array for each parent.",
        ),
        (lambda a, b: (a, b), lambda d: d, "pull_back returned ndarray; expected a tuple with one array for each parent."),
    ],
)
def test_parents_and_what_is_pulled_back(parents, parts, note):
    found = autodiff.arriving(difference_of(parents, parts), delta=X, at="a", a=X, b=2 * X)
    assert found.get(NOTE) == note


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        (lambda a, b: Node(a.value - b.value, (a, b)), "made without a pull_back; expected Node"),
        (lambda a, b: Node(a.value - b.value, (a, b), lambda delta: None), "pull_back returned None"),
        (lambda a, b: a.value - b.value, "returned ndarray; expected a Node"),
    ],
)
def test_no_way_back_at_all(operation, words):
    with pytest.raises(TypeError, match=words):
        autodiff.arriving(operation, delta=X, at="a", a=X, b=X)
    with pytest.raises(TypeError, match=words):
        autodiff.arriving_at_both(operation, delta=X, a=X)


@pytest.mark.parametrize(
    ("places", "flaw"),
    [
        ([0, 1, 2], None),
        ([1, 0, 2], "node 1 stands before its parent 0"),
        ([0, 1, 1, 2], "node 1 stands there 2 times"),
        ([0, 2], "node 1 is missing"),
        ([], "node 0 is missing"),
    ],
)
def test_orders(places, flaw):
    def order_of(node):
        nodes = [node.parents[0], node.parents[1], node]
        return [nodes[k] for k in places]

    note = f"For the graph 1 from 0, 2 from 0 and 1 the list is {places}: {flaw}." if flaw else None
    for scenario in (autodiff.computed_along, autodiff.computed_again, autodiff.weight_in_order, autodiff.graph_afterwards):
        assert scenario(order_of, **GRAPH).get(NOTE) == note


@pytest.mark.parametrize(
    ("number", "times", "note"),
    [
        (1, 2, "The pull_back of node 1, the wave of node 0, was called 2 times."),
        (1, 0, "The pull_back of node 1, the wave of node 0, was never called."),
        (3, 3, "The pull_back of the output, the outer product of nodes 1 and 2, was called 3 times."),
        (0, 5, None),
    ],
)
def test_calls_of_pull_backs(number, times, note):
    def backward(order, seed):
        for k, node in enumerate(order):
            for _ in range(times if k == number else 1):
                node.pull_back(np.ones_like(node.value))

    assert autodiff.effort(backward, seed=np.ones((2, 3)), costs=np.ones(4), **WOVEN).get(NOTE) == note


@pytest.mark.parametrize(
    ("chosen", "note"),
    [
        ([0, 1, 2, 3], None),
        ([0, 2], "After the call there is no gradient in the output, the outer product of nodes 1 and 2."),
        ([], "No node has a gradient after the call: node.grad is None everywhere."),
    ],
)
def test_gradients_that_were_not_set(chosen, note):
    def backward(order, seed):
        for k in chosen:
            order[k].grad = np.zeros_like(order[k].value)

    for scenario in (autodiff.gradients, autodiff.output_gradient):
        assert scenario(backward, seed=np.ones((2, 3)), costs=np.ones(4), **WOVEN).get(NOTE) == note


@pytest.mark.parametrize(
    ("state", "note"),
    [
        (lambda x, h, W, b, add: add(x, b), None),
        (lambda x, h, W, b, add: add(x, Node(b.value)), "Whatever happens to b, state 1 does not change at all."),
        (lambda x, h, W, b, add: Node(x.value + b.value), "State 1 was not made by concat, matmul, add and tanh, "),
    ],
)
def test_states_that_do_not_follow(state, note):
    def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
        return [state(x, h_0, W, b, add) for x in inputs]

    arrays = {"x": np.ones((1, 2, 3)), "h_0": np.ones((1, 3)), "W": np.ones((6, 3)), "b": np.ones(3)}
    moves = {f"{name}_moves": np.zeros_like(array) for name, array in arrays.items()} | {"b_moves": np.ones(3)}
    found = autodiff.unrolled_states(rnn_graph, **arrays, **moves)
    assert found.get(NOTE, "").startswith(note or "") and (NOTE in found) == (note is not None)
