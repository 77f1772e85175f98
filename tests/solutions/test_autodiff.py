"""The reference's automatic differentiation against torch's, and against central differences."""

import numpy as np
import pytest
import torch

from autograder.oracle.source import reference
from unrolled.graphs import Node

AD = reference("autodiff")
SIZES = [(3, 5, 2, 4), (1, 1, 1, 1), (2, 7, 3, 1), (4, 1, 5, 6), (1, 6, 2, 3)]  # (B, T, D, H)
DOUBLE = {"dtype": torch.float64, "requires_grad": True}
LARGEST = {"torch": 0.0, "central differences": 0.0}


def compare(mine, theirs, kind, tolerance):
    """Assert that a gradient is right, relative to its largest entry, and keep the largest error."""
    assert np.shape(mine) == np.shape(theirs)
    error = np.abs(mine - np.asarray(theirs)).max() / max(np.abs(theirs).max(), 1e-3)
    LARGEST[kind] = max(LARGEST[kind], error)
    assert error < tolerance


def backward_from(output, seed):
    AD["backward"](AD["topological_order"](output), seed)


OPERATIONS = {
    "mul": (lambda a, b: a * b, [((3, 4), (3, 4)), ((1, 1), (1, 1)), ((5,), (5,)), ((), ())]),
    "add": (lambda a, b: a + b, [((3, 4), (3, 4)), ((3, 4), (4,)), ((1, 4), (4,)), ((4, 1), (1,)), ((), ())]),
    "matmul": (lambda a, b: a @ b, [((3, 2), (2, 4)), ((1, 3), (3, 1)), ((2, 1), (1, 5)), ((1, 1), (1, 1))]),
    "concat": (lambda a, b: torch.cat([a, b], dim=-1), [((3, 2), (3, 4)), ((1, 1), (1, 5)), ((2, 3), (2, 1))]),
    "tanh": (torch.tanh, [((3, 4),), ((1, 1),), ((5,),), ((),)]),
}
CASES = [(name, shapes) for name, (_, several) in OPERATIONS.items() for shapes in several]


@pytest.mark.parametrize(("name", "shapes"), CASES, ids=lambda value: str(value))
def test_operations_agree_with_torch_and_with_central_differences(name, shapes):
    rng = np.random.default_rng(len(str(shapes)))
    arrays = [np.asarray(rng.normal(size=shape)) for shape in shapes]
    output = AD[name](*map(Node, arrays))
    leaves = [torch.tensor(array, **DOUBLE) for array in arrays]
    theirs = OPERATIONS[name][0](*leaves)
    np.testing.assert_allclose(output.value, theirs.detach(), atol=1e-13)
    delta = np.asarray(rng.normal(size=output.value.shape))
    mine = output.pull_back(delta)
    expected = torch.autograd.grad(theirs, leaves, torch.tensor(delta))
    assert len(mine) == len(expected) == len(output.parents)
    for k, (d, t) in enumerate(zip(mine, expected, strict=True)):
        compare(d, t.numpy(), "torch", 1e-12)
        compare(d, differences(name, arrays, k, delta), "central differences", 1e-7)


def differences(name, arrays, k, delta, step=1e-5):
    """Central differences of sum(delta * operation) with respect to the k-th argument."""
    found = np.zeros_like(arrays[k])
    for index in np.ndindex(arrays[k].shape):
        values = []
        for sign in (1, -1):
            moved = [array.copy() for array in arrays]
            moved[k][index] += sign * step
            values.append((delta * AD[name](*map(Node, moved)).value).sum())
        found[index] = (values[0] - values[1]) / (2 * step)
    return found


def unrolled(x, parameters):
    """The graph of the mean over batch and steps of squared states, and its leaves; as nodes."""
    inputs = [Node(x[:, t]) for t in range(x.shape[1])]
    leaves = [*inputs, *map(Node, parameters)]
    h_0, W, b = leaves[-3:]
    states = AD["rnn_graph"](inputs, h_0, W, b, AD["concat"], AD["matmul"], AD["add"], AD["tanh"])
    losses = [AD["mul"](h, h) for h in states]
    total = losses[0]
    for loss in losses[1:]:
        total = AD["add"](total, loss)
    return total, leaves, states


@pytest.mark.parametrize(("B", "T", "D", "H"), SIZES)
def test_unrolled_network_agrees_with_torchs_network(B, T, D, H):
    torch.manual_seed(T)
    rnn = torch.nn.RNN(D, H, batch_first=True, dtype=torch.float64)
    x, h_0 = torch.randn(B, T, D, **DOUBLE), torch.randn(1, B, H, **DOUBLE)
    h, _ = rnn(x, h_0)
    (h**2).mean().backward()

    W_ih, W_hh, b_ih, b_hh = (p.detach().numpy() for p in rnn.parameters())
    parameters = h_0[0].detach().numpy(), np.concatenate([W_ih.T, W_hh.T]), b_ih + b_hh
    total, leaves, states = unrolled(x.detach().numpy(), parameters)
    np.testing.assert_allclose(np.stack([s.value for s in states], axis=1), h.detach(), atol=1e-12)
    backward_from(total, np.full((B, H), 1 / (B * T * H)))
    *d_x, d_h_0, d_W, d_b = (leaf.grad for leaf in leaves)
    compare(np.stack(d_x, axis=1), x.grad.numpy(), "torch", 1e-11)
    compare(d_h_0, h_0.grad[0].numpy(), "torch", 1e-11)
    compare(d_W, np.concatenate([rnn.weight_ih_l0.grad.numpy().T, rnn.weight_hh_l0.grad.numpy().T]), "torch", 1e-11)
    compare(d_b, rnn.bias_ih_l0.grad.numpy(), "torch", 1e-11)
    step, numerical = 1e-5, np.zeros_like(parameters[1])
    for index in np.ndindex(numerical.shape):
        values = []
        for sign in (1, -1):
            W = parameters[1].copy()
            W[index] += sign * step
            values.append(unrolled(x.detach().numpy(), (parameters[0], W, parameters[2]))[0].value.mean() / T)
        numerical[index] = (values[0] - values[1]) / (2 * step)
    compare(d_W, numerical, "central differences", 1e-6)


def random_program(rng, leaves, length, add, mul, tanh):
    """The last of ``length`` values, each a random operation on random earlier ones: many branches."""
    values = list(leaves)
    for _ in range(length):
        i, j = rng.integers(max(0, len(values) - 6), len(values), size=2)
        which = rng.integers(3)
        values.append(tanh(values[i]) if which == 2 else (add, mul)[which](values[i], values[j]))
        if which != 2:
            values[-1] = tanh(values[-1])
    return values[-1]


@pytest.mark.parametrize("seed", range(20))
def test_random_graphs_with_branches_agree_with_torch(seed):
    rng = np.random.default_rng(seed)
    shape = [(1,), (2, 3), (4, 1), ()][seed % 4]
    arrays = [np.asarray(rng.normal(size=shape)) for _ in range(3)]
    nodes, leaves = [Node(a) for a in arrays], [torch.tensor(a, **DOUBLE) for a in arrays]
    output = random_program(np.random.default_rng(seed), nodes, 30, AD["add"], AD["mul"], AD["tanh"])
    theirs = random_program(np.random.default_rng(seed), leaves, 30, torch.add, torch.mul, torch.tanh)
    backward_from(output, np.ones(shape))
    expected = torch.autograd.grad(theirs.sum(), leaves, allow_unused=True)
    for node, gradient in zip(nodes, expected, strict=True):
        if gradient is None:
            assert node.grad is None
        else:
            compare(node.grad, gradient.numpy(), "torch", 1e-10)


def test_order_is_topological_and_complete_on_large_graphs():
    rng = np.random.default_rng(0)
    nodes = [Node(0.0)]
    for k in range(1, 20_000):
        before = {k - 1, *rng.integers(0, k, size=2).tolist()}
        nodes.append(Node(0.0, [nodes[i] for i in before]))
    order = AD["topological_order"](nodes[-1])
    place = {node: k for k, node in enumerate(order)}
    assert len(order) == len(place) == len(nodes)
    assert all(place[parent] < place[node] for node in order for parent in node.parents)


def test_exponentially_many_paths_cost_one_visit_each():
    """x doubled 60 times: 2**60 paths, 61 nodes."""
    calls = []

    def doubled(a):
        def pull_back(delta):
            calls.append(1)
            return delta, delta

        return Node(2 * a.value, (a, a), pull_back)

    x = node = Node(1.0)
    for _ in range(60):
        node = doubled(node)
    backward_from(node, np.array(1.0))
    assert float(x.grad) == 2.0**60 and len(calls) == 60


def test_largest_relative_errors_are_told(record_property, capsys):
    """Runs after the others: what they found."""
    with capsys.disabled():
        print("\nautodiff, largest relative errors:", {kind: f"{error:.1e}" for kind, error in LARGEST.items()})
    for kind, error in LARGEST.items():
        record_property(kind, float(error))
