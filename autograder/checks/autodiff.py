"""Checks of the assignment ``autodiff``: operations, graphs and the way back through them."""

from collections.abc import Callable
from functools import partial

import numpy as np

from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception
from unrolled.graphs import Node
from unrolled.standins import AROUND, autodiff, stand_in

# Operations: forward value and pull-back each on their own, so that both can earn


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


# mul


def mul_cases(rng: np.random.Generator) -> list[Case]:
    shapes: list[tuple[int, ...]] = [(4, 3), (1, 5), (2, 1), (3, 3), (6,), (1,)]
    return [{"a": rng.normal(size=shape), "b": rng.normal(size=shape), "delta": rng.normal(size=shape)} for shape in shapes]


def mul_same_once(a, b):
    parents = (a,) if a is b else (a, b)
    return Node(a.value * b.value, parents, lambda delta: (delta * b.value, delta * a.value))


def mul_matrix_product(a, b):
    def pull_back(delta):
        return delta @ b.value.T, a.value.T @ delta

    return Node(a.value @ b.value, (a, b), pull_back)


def mul_first_only(a, b):
    return Node(a.value * b.value, (a,), lambda delta: (delta * b.value,))


MUL = Exercise(
    name="mul",
    chapter="computation_graphs",
    section="sec-operations",
    cases=mul_cases,
    axes={"da": "", "db": ""},
    behaviours=[
        Behaviour("value", "multiplies entry by entry", 1, valued),
        Behaviour("first", "sends delta times the other value to its first argument", 1, arriving_at("a")),
        Behaviour("second", "sends delta times the other value to its second argument", 1, arriving_at("b")),
        Behaviour("square", "sends both parts to a node that is both arguments", 1, same_twice),
        untouched("a"),
    ],
    misconceptions=[
        Misconception("parents_turned", PARENTS_TURNED, turned(np.multiply, lambda a, b, delta: (delta * b, delta * a))),
        Misconception(
            "own_value",
            "each factor gets delta times its own value; the derivative of a product is the other factor.",
            pulled(np.multiply, lambda a, b, delta: (delta * a, delta * b)),
        ),
        Misconception(
            "delta_ignored",
            "the pull-back gives the other factor without delta; what comes from above has to be multiplied in.",
            pulled(np.multiply, lambda a, b, _delta: (b, a)),
        ),
        Misconception(
            "unchanged",
            "delta is passed on unchanged, as a sum would do; a product multiplies it by the other factor.",
            pulled(np.multiply, lambda _a, _b, delta: (delta, delta)),
        ),
        Misconception(
            "same_once",
            "a node that is both factors is listed once among the parents, and one of its two parts is lost.",
            mul_same_once,
        ),
        Misconception(
            "first_only", "the second factor is missing among the parents, and nothing is sent to it.", mul_first_only
        ),
        Misconception(
            "matrix_product",
            "the matrix product is taken; wanted is the product entry by entry.",
            mul_matrix_product,
        ),
    ],
)


# tanh


def tanh_cases(rng: np.random.Generator) -> list[Case]:
    shapes = [(4, 3), (1, 5), (2, 1), (6,), (3, 3)]
    return [{"a": rng.normal(size=shape), "delta": rng.normal(size=shape)} for shape in shapes]


def squashed(derivative: Callable) -> Callable:
    """tanh with the pull-back delta * derivative(a, h)."""

    def operation(a: Node) -> Node:
        h = np.tanh(a.value)
        return Node(h, (a,), lambda delta: (delta * derivative(a.value, h),))

    return operation


def tanh_no_delta(a):
    h = np.tanh(a.value)
    return Node(h, (a,), lambda _delta: (1 - h**2,))


def tanh_no_tuple(a):
    h = np.tanh(a.value)
    return Node(h, (a,), lambda delta: delta * (1 - h**2))


def tanh_sigmoid(a):
    h = 1 / (1 + np.exp(-a.value))
    return Node(h, (a,), lambda delta: (delta * h * (1 - h),))


TANH = Exercise(
    name="tanh",
    chapter="computation_graphs",
    section="sec-operations",
    cases=tanh_cases,
    axes={"da": ""},
    behaviours=[
        Behaviour("value", "gives tanh of each entry", 1, valued),
        Behaviour("gradient", "sends back delta times the derivative of tanh", 3, arriving_at("a")),
        untouched("a"),
    ],
    misconceptions=[
        Misconception(
            "at_input",
            "the derivative 1 - a² takes the input a; in 1 - h² stands the output h = tanh(a).",
            squashed(lambda a, _h: 1 - a**2),
        ),
        Misconception("not_squared", "the derivative is 1 - h; the square is missing.", squashed(lambda _a, h: 1 - h)),
        Misconception(
            "tanh_twice",
            "tanh is taken of the output once more; the derivative is 1 - h² with the output itself.",
            squashed(lambda _a, h: 1 - np.tanh(h) ** 2),
        ),
        Misconception(
            "unchanged", "delta is passed on unchanged, without the derivative 1 - h².", squashed(lambda _a, _h: 1.0)
        ),
        Misconception("delta_ignored", "the derivative is sent back without delta; multiply the two.", tanh_no_delta),
        Misconception(
            "no_tuple",
            "the pull-back returns the array itself; wanted is a tuple with one array for the one parent: mind the comma.",
            tanh_no_tuple,
        ),
        Misconception(
            "sigmoid_derivative",
            "the derivative h(1 - h) belongs to the sigmoid; that of tanh is 1 - h².",
            squashed(lambda _a, h: h * (1 - h)),
        ),
        Misconception("sigmoid", "the function is the sigmoid; wanted is tanh.", tanh_sigmoid),
    ],
)


# add


def add_cases(rng: np.random.Generator) -> list[Case]:
    shapes = [
        ((4, 3), (4, 3)),
        ((5, 2), (2,)),
        ((1, 4), (4,)),
        ((3, 1), (1,)),
        ((3, 3), (3,)),
        ((6,), (6,)),
        ((4, 4), (4, 4)),
        ((2, 1, 3), (2, 1, 3)),
    ]
    return [
        {"a": rng.normal(size=first), "b": rng.normal(size=second), "delta": rng.normal(size=first)}
        for first, second in shapes
    ]


def at_same_shape(case: Case) -> Case | None:
    return arriving_at("b")(case) if case["a"].shape == case["b"].shape else None


def at_bias(case: Case) -> Case | None:
    return arriving_at("b")(case) if case["a"].shape != case["b"].shape else None


def square_sums(case: Case) -> Case | None:
    """One node as both arguments, where they have the same shape."""
    return same_twice(case) if case["a"].shape == case["b"].shape else None


def added(bias: Callable, same: Callable = lambda delta: delta) -> Callable:
    """A sum whose second argument gets bias(delta), or same(delta) if the shapes agree."""
    return pulled(np.add, lambda a, b, delta: (delta, (same if a.shape == b.shape else bias)(delta)))


def add_back(a, b, delta):
    return delta, delta if a.shape == b.shape else delta.sum(axis=0)


def add_to_columns(a, b):
    if a.value.shape == b.value.shape:
        return Node(a.value + b.value, (a, b), lambda delta: (delta, delta))
    return Node(a.value + b.value[:, np.newaxis], (a, b), lambda delta: (delta, delta.sum(axis=1)))


def add_in_place(a, b):
    def pull_back(delta):
        return delta, delta.sum(axis=0) if b.value.shape != delta.shape else delta

    a.value += b.value
    return Node(a.value, (a, b), pull_back)


def add_first_only(a, b):
    return Node(a.value + b.value, (a,), lambda delta: (delta,))


ADD = Exercise(
    name="add",
    chapter="computation_graphs",
    section="sec-operations",
    cases=add_cases,
    axes={"da": "", "db": ""},
    behaviours=[
        Behaviour("value", "adds entry by entry, a bias to every row", 1, valued),
        Behaviour("first", "sends delta to its first argument", 1, arriving_at("a")),
        Behaviour("second", "sends delta to a second argument of the same shape", 1, at_same_shape),
        Behaviour("bias", "sends to a bias what all rows send, in the bias's shape", 2, at_bias),
        Behaviour("double", "sends delta twice to a node that is both arguments", 1, square_sums),
        untouched("b"),
    ],
    misconceptions=[
        Misconception("parents_turned", PARENTS_TURNED, turned(np.add, add_back)),
        Misconception(
            "not_summed",
            "a bias gets delta with all its rows; it was used in every row, so its gradient is the sum over the rows.",
            added(lambda delta: delta),
        ),
        Misconception(
            "wrong_axis",
            "for a bias delta is summed along its rows; wanted is the sum over the rows, along axis 0.",
            added(lambda delta: delta.sum(axis=-1)),
        ),
        Misconception(
            "averaged",
            "for a bias delta is averaged over the rows; every row uses the bias, so the deltas add.",
            added(lambda delta: delta.mean(axis=0)),
        ),
        Misconception(
            "kept_axis",
            "the bias's gradient has the shape (1, H); a gradient has the shape of what it belongs to, (H,).",
            added(lambda delta: delta.sum(axis=0, keepdims=True)),
        ),
        Misconception(
            "first_row",
            "a bias gets delta of one row only; it was used in every row, and all rows count.",
            added(lambda delta: delta[0]),
        ),
        Misconception(
            "always_summed",
            "delta is summed over the rows even if both arguments have the same shape; only a bias needs that.",
            added(lambda delta: delta.sum(axis=0), same=lambda delta: delta.sum(axis=0)),
        ),
        Misconception(
            "vectors_summed",
            "delta is summed whenever b is a vector, even if a is one as well; compare the two shapes.",
            pulled(np.add, lambda _a, b, delta: (delta, delta.sum(axis=0) if b.ndim == 1 else delta)),
        ),
        Misconception(
            "first_size",
            "only the first sizes are compared, and with as many rows as units a bias passes for a matrix; compare shapes.",
            pulled(np.add, lambda a, b, delta: (delta, delta if len(a) == len(b) else delta.sum(axis=0))),
        ),
        Misconception(
            "fits_the_rows",
            "delta is summed because b has as many rows as a has columns; a square matrix has that too. Compare shapes.",
            pulled(np.add, lambda a, b, delta: (delta, delta.sum(axis=0) if a.ndim > 1 and len(b) == a.shape[1] else delta)),
        ),
        Misconception(
            "to_columns",
            "the bias is added to every column; it belongs to every row, one number for each unit.",
            add_to_columns,
        ),
        Misconception(
            "in_place",
            "the sum is written into the first argument's value, and whoever needs that value later finds another one.",
            add_in_place,
        ),
        Misconception(
            "delta_ignored",
            "the pull-back gives ones, without delta; the local derivative 1 has to be multiplied by delta.",
            pulled(np.add, lambda a, b, delta: (np.ones_like(a), np.full(b.shape, delta.size / b.size))),
        ),
        Misconception(
            "first_only", "the second argument is missing among the parents, and nothing is sent to it.", add_first_only
        ),
    ],
)


# matmul


def matmul_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 2, 3), (3, 3, 3), (1, 3, 2), (2, 1, 5), (5, 4, 1), (2, 2, 2)]  # (B, D, H)
    return [
        {"a": rng.normal(size=(B, D)), "b": rng.normal(size=(D, H)) / np.sqrt(D), "delta": rng.normal(size=(B, H))}
        for B, D, H in sizes
    ]


def matmul_back(a, b, delta):
    return delta @ b.T, a.T @ delta


def matmul_entry_by_entry(a, b):
    return Node(a.value * b.value, (a, b), lambda delta: (delta * b.value, delta * a.value))


def matmul_first_only(a, b):
    return Node(a.value @ b.value, (a,), lambda delta: (delta @ b.value.T,))


MATMUL = Exercise(
    name="matmul",
    chapter="computation_graphs",
    section="sec-operations",
    cases=matmul_cases,
    axes={"da": "", "db": ""},
    behaviours=[
        Behaviour("value", "gives the matrix product", 1, valued),
        Behaviour("first", "sends the right gradient to its first argument", 2, arriving_at("a")),
        Behaviour("second", "sends the right gradient to its second argument", 2, arriving_at("b")),
        untouched("b"),
    ],
    misconceptions=[
        Misconception("parents_turned", PARENTS_TURNED, turned(np.matmul, matmul_back)),
        Misconception(
            "no_transpose",
            "the transposes are missing: going back, each factor has to be turned on its side.",
            pulled(np.matmul, lambda a, b, delta: (delta @ b, a @ delta)),
        ),
        Misconception(
            "first_not_transposed",
            "the gradient of the first factor lacks a transpose: delta has H columns, and b has H columns, not rows.",
            pulled(np.matmul, lambda a, b, delta: (delta @ b, a.T @ delta)),
        ),
        Misconception(
            "second_not_transposed",
            "the gradient of the second factor lacks a transpose: sum over the B rows of a and of delta.",
            pulled(np.matmul, lambda a, b, delta: (delta @ b.T, a @ delta)),
        ),
        Misconception(
            "second_turned",
            "the gradient of the second factor comes out transposed, (H, D); the order of its product is the wrong one.",
            pulled(np.matmul, lambda a, b, delta: (delta @ b.T, delta.T @ a)),
        ),
        Misconception(
            "sides",
            "the products stand the wrong way round: delta takes the place of the factor that is asked for.",
            pulled(np.matmul, lambda a, b, delta: (b.T @ delta, delta @ a.T)),
        ),
        Misconception(
            "own_value",
            "each factor's gradient is computed with its own value; it needs the other factor.",
            pulled(np.matmul, lambda a, b, delta: (delta @ a.T, b.T @ delta)),
        ),
        Misconception(
            "swapped",
            "the two gradients come in the wrong order: the first parent's has to come first.",
            pulled(np.matmul, lambda a, b, delta: (a.T @ delta, delta @ b.T)),
        ),
        Misconception(
            "torch_layout",
            "b is transposed first, as torch's layers store their weights; here b has the shape (D, H) and stays as it is.",
            pulled(lambda a, b: a @ b.T, lambda a, b, delta: (delta @ b, delta.T @ a)),
        ),
        Misconception(
            "averaged",
            "the gradient of the second factor is divided by the number of rows; the rows' parts add.",
            pulled(np.matmul, lambda a, b, delta: (delta @ b.T, a.T @ delta / len(a))),
        ),
        Misconception(
            "first_only", "the second factor is missing among the parents, and nothing is sent to it.", matmul_first_only
        ),
        Misconception(
            "entry_by_entry",
            "the factors are multiplied entry by entry with *; wanted is the matrix product.",
            matmul_entry_by_entry,
        ),
    ],
)


# concat


def concat_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 2, 4), (2, 3, 1), (1, 1, 5), (4, 3, 3), (5, 4, 2)]  # (B, D, H)
    return [
        {"a": rng.normal(size=(B, D)), "b": rng.normal(size=(B, H)), "delta": rng.normal(size=(B, D + H))}
        for B, D, H in sizes
    ]


def side_by_side(a, b):
    return np.concatenate([a, b], axis=-1)


def joined(pull_back: Callable) -> Callable:
    """Side by side, with the pull-back pull_back(D, H, delta)."""
    return pulled(side_by_side, lambda a, b, delta: pull_back(a.shape[1], b.shape[1], delta))


def concat_back(a, _b, delta):
    return delta[:, : a.shape[1]], delta[:, a.shape[1] :]


CONCAT = Exercise(
    name="concat",
    chapter="computation_graphs",
    section="sec-operations",
    cases=concat_cases,
    axes={"da": "", "db": ""},
    behaviours=[
        Behaviour("value", "puts the columns of b to the right of those of a", 1, valued),
        Behaviour("first", "sends the first D columns of delta to its first argument", 2, arriving_at("a")),
        Behaviour("second", "sends the other columns to its second argument", 1, arriving_at("b")),
        untouched("a"),
    ],
    misconceptions=[
        Misconception("parents_turned", PARENTS_TURNED, turned(side_by_side, concat_back)),
        Misconception(
            "b_first",
            "b stands to the left of a; the columns of a come first.",
            pulled(
                lambda a, b: np.concatenate([b, a], axis=-1),
                lambda _a, b, delta: (delta[:, b.shape[1] :], delta[:, : b.shape[1]]),
            ),
        ),
        Misconception(
            "stacked",
            "b stands below a, as NumPy does it if no axis is named; wanted is side by side.",
            pulled(
                lambda a, b: np.concatenate([a, b]),
                lambda a, _b, delta: (delta[: len(a)], delta[len(a) :]),
            ),
        ),
        Misconception(
            "swapped",
            "the parts of delta are handed back in the wrong order: the first columns belong to a.",
            joined(lambda D, _H, delta: (delta[:, D:], delta[:, :D])),
        ),
        Misconception(
            "half",
            "delta is cut in the middle; the cut lies after the D columns of a, and the parts may differ in size.",
            joined(lambda D, H, delta: (delta[:, : (D + H) // 2], delta[:, (D + H) // 2 :])),
        ),
        Misconception(
            "cut_at_b",
            "delta is cut after as many columns as b has; the first part belongs to a and has a's D columns.",
            joined(lambda _D, H, delta: (delta[:, :H], delta[:, H:])),
        ),
        Misconception(
            "last_columns",
            "the part for a is taken from the right end of delta; a stands on the left.",
            joined(lambda _D, H, delta: (delta[:, H:], delta[:, :H])),
        ),
        Misconception(
            "rows",
            "delta is cut between rows; what was put side by side has to be cut between columns.",
            joined(lambda D, _H, delta: (delta[:D], delta[D:])),
        ),
        Misconception(
            "not_cut",
            "both arguments get the whole of delta; each one gets its own columns.",
            joined(lambda _D, _H, delta: (delta, delta)),
        ),
    ],
)


# topological_order

Graph = list[list[int]]
CHAIN: Graph = [[], [0], [1], [2], [3]]
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


def branches(case: Case) -> bool:
    used = [k for before in case["parents"] for k in before]
    return len(used) > len(set(used))


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


# backward

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


def _cleared(order):
    for node in order:
        node.grad = np.zeros_like(node.value)


def _passed_on(order, along):
    """Add what each node's pull-back gives, to parents' gradients, along a list of nodes."""
    for node in along:
        for parent, delta in zip(node.parents, node.pull_back(node.grad), strict=True):
            parent.grad = parent.grad + delta


def backward_overwritten(order, seed):
    _cleared(order)
    order[-1].grad = seed
    for node in reversed(order):
        for parent, delta in zip(node.parents, node.pull_back(node.grad), strict=True):
            parent.grad = delta


def backward_not_set(order, seed):
    gradients = {node: np.zeros_like(node.value) for node in order} | {order[-1]: seed}
    for node in reversed(order):
        for parent, delta in zip(node.parents, node.pull_back(gradients[node]), strict=True):
            gradients[parent] = gradients[parent] + delta
    return [gradients[node] for node in order]


def backward_forwards(order, seed):
    _cleared(order)
    order[-1].grad = seed
    _passed_on(order, order)


def backward_too_early(order, seed):
    _cleared(order)
    order[-1].grad = seed
    reached = [order[-1]]
    for node in reached:
        _passed_on(order, [node])
        reached.extend(parent for parent in dict.fromkeys(node.parents) if parent not in reached)


def backward_no_seed(order, seed):
    _cleared(order)
    _passed_on(order, reversed(order))


def backward_ones_seed(order, seed):
    _cleared(order)
    order[-1].grad = np.ones_like(seed)
    _passed_on(order, reversed(order))


def backward_leaves_only(order, seed):
    _cleared(order)
    order[-1].grad = seed
    for node in reversed(order):
        _passed_on(order, [node])
        if node.parents:
            node.grad = None


def backward_same_once(order, seed):
    _cleared(order)
    order[-1].grad = seed
    for node in reversed(order):
        for parent, delta in dict(zip(node.parents, node.pull_back(node.grad), strict=True)).items():
            parent.grad = parent.grad + delta


def backward_per_path(order, seed):
    _cleared(order)

    def send(node, delta):
        node.grad = node.grad + delta
        for parent, part in zip(node.parents, node.pull_back(delta), strict=True):
            send(parent, part)

    send(order[-1], seed)


def backward_counted_twice(order, seed):
    _cleared(order)
    order[-1].grad = seed

    def send(node):
        for parent, part in zip(node.parents, node.pull_back(node.grad), strict=True):
            parent.grad = parent.grad + part
            send(parent)

    send(order[-1])


def backward_not_reset(order, seed):
    for node in order[:-1]:
        if node.grad is None:
            node.grad = np.zeros_like(node.value)
    order[-1].grad = seed
    _passed_on(order, reversed(order))


def backward_shared(order, seed):
    for node in order:
        node.grad = None
    order[-1].grad = seed.copy()
    for node in reversed(order):
        for parent, delta in zip(node.parents, node.pull_back(node.grad), strict=True):
            if parent.grad is None:
                parent.grad = delta
            else:
                parent.grad += delta


def backward_turned(order, seed):
    _cleared(order)
    order[-1].grad = seed
    order.reverse()
    _passed_on(order, list(order))


def backward_per_parent(order, seed):
    _cleared(order)
    order[-1].grad = seed
    for node in reversed(order):
        for k, parent in enumerate(node.parents):
            parent.grad = parent.grad + node.pull_back(node.grad)[k]


def backward_emptied(order, seed):
    _cleared(order)
    order[-1].grad = seed
    while order:
        _passed_on(order, [order.pop()])


def backward_first_parent(order, seed):
    _cleared(order)
    order[-1].grad = seed
    for node in reversed(order):
        if node.parents:
            node.parents[0].grad = node.parents[0].grad + node.pull_back(node.grad)[0]


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
            backward_overwritten,
        ),
        Misconception(
            "forwards",
            "the list is walked from the inputs on: nodes pass on a gradient that has not arrived yet.",
            backward_forwards,
        ),
        Misconception(
            "too_early",
            "nodes are visited as they are reached, and pass on their gradient before all of it has arrived.",
            backward_too_early,
        ),
        Misconception("no_seed", "the output never gets the seed, so zero arrives everywhere.", backward_no_seed),
        Misconception("ones_seed", "the output gets ones, whatever the seed is.", backward_ones_seed),
        Misconception(
            "not_set",
            "no node has a gradient after the call; set node.grad, for what is returned is not looked at.",
            backward_not_set,
        ),
        Misconception(
            "leaves_only",
            "only inputs and parameters keep their gradient; every node in the list has one.",
            backward_leaves_only,
        ),
        Misconception(
            "same_once",
            "a node that is both arguments of an operation gets only one of its two parts.",
            backward_same_once,
        ),
        Misconception(
            "per_path",
            "every path is followed to its end, so that a pull-back is called once for each path instead of once.",
            backward_per_path,
        ),
        Misconception(
            "counted_twice",
            "a node passes on its gradient each time that something arrives, and what came before is sent again.",
            backward_counted_twice,
        ),
        Misconception(
            "not_reset", "what an earlier call left in grad is added to; every call starts anew.", backward_not_reset
        ),
        Misconception(
            "shared",
            "a delta is added in place to an array that another node holds as well, and that node's gradient is spoilt.",
            backward_shared,
        ),
        Misconception(
            "turned", "the list itself is turned round and stays so; walk along it backwards instead.", backward_turned
        ),
        Misconception(
            "emptied", "the list is taken apart with pop and is empty afterwards; walk along it backwards.", backward_emptied
        ),
        Misconception(
            "per_parent",
            "a pull-back is called once for each parent; call it once and go through all that it gives.",
            backward_per_parent,
        ),
        Misconception("first_parent", "only the first parent of each node receives its part.", backward_first_parent),
    ],
)


# rnn_graph


def graph_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(2, 3, 5, 4), (1, 3, 3, 2), (4, 1, 2, 3), (2, 5, 1, 1)]  # (B, T, D, H)
    cases = []
    for B, T, D, H in sizes:
        shapes = {"x": (B, T, D), "h_0": (B, H), "W": (D + H, H), "b": (H,)}
        given = {name: rng.normal(size=shape) for name, shape in shapes.items()}
        given["W"] /= np.sqrt(D + H)
        moves = {f"{name}_moves": rng.normal(size=shape) for name, shape in shapes.items()}
        cases.append({AROUND: stand_in(autodiff.unrolled_states), **given, **moves})
    return cases


def moving_only(case: Case, *names: str) -> Case:
    """The case in which nothing moves but the named arrays."""
    still = {key: np.zeros_like(v) for key, v in case.items() if key.endswith("_moves") and key[:-6] not in names}
    return case | still


def nothing_moves(case: Case) -> Case:
    return moving_only(case)


def first_step(case: Case) -> Case:
    return nothing_moves(case | {name: case[name][:, :1] for name in ("x", "x_moves")})


def parameters_move(case: Case) -> Case:
    return moving_only(case, "W", "b")


def data_move(case: Case) -> Case:
    return moving_only(case, "x", "h_0")


def inputs_too(case: Case) -> Case:
    """Everything moves, and the inputs are looked at afterwards."""
    return case | {AROUND: stand_in(autodiff.states_and_inputs)}


Step = Callable[[Node, Node, Node, Node, Callable, Callable, Callable, Callable], Node]


def right_step(x_t, h, W, b, concat, matmul, add, tanh):
    return tanh(add(matmul(concat(x_t, h), W), b))


def looped(step: Step) -> Callable:
    """The loop over all inputs around a step."""

    def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
        states, h = [], h_0
        for x_t in inputs:
            h = step(x_t, h, W, b, concat, matmul, add, tanh)
            states.append(h)
        return states

    return rnn_graph


def graph_state_reset(inputs, h_0, W, b, *operations):
    return [right_step(x_t, h_0, W, b, *operations) for x_t in inputs]


def graph_zero_state(inputs, h_0, W, b, *operations):
    return looped(right_step)(inputs, Node(np.zeros_like(h_0.value)), W, b, *operations)


def graph_detached(inputs, h_0, W, b, *operations):
    states, h = [], h_0
    for x_t in inputs:
        states.append(right_step(x_t, h, W, b, *operations))
        h = Node(states[-1].value)
    return states


def graph_by_numpy(inputs, h_0, W, b, *_operations):
    states, h = [], h_0.value
    for x_t in inputs:
        h = np.tanh(np.hstack([x_t.value, h]) @ W.value + b.value)
        states.append(Node(h))
    return states


def graph_reversed(inputs, *rest):
    return looped(right_step)(inputs[::-1], *rest)


def graph_includes_h0(inputs, h_0, *rest):
    return [h_0, *looped(right_step)(inputs, h_0, *rest)]


def graph_start_copied(inputs, h_0, W, b, *operations):
    return looped(right_step)(inputs, Node(h_0.value), W, b, *operations)


def graph_emptied(inputs, *rest):
    states = looped(right_step)(list(inputs), *rest)
    inputs.clear()
    return states


def graph_last_only(*arguments):
    return looped(right_step)(*arguments)[-1]


RNN_GRAPH = Exercise(
    name="rnn_graph",
    chapter="computation_graphs",
    section="sec-rnn-graph",
    cases=graph_cases,
    axes={autodiff.STATES: "BTH", autodiff.CHANGES: "BTH", "inputs afterwards": "TBD"},
    behaviours=[
        Behaviour("first", "gives the first state, one step after h_0", 1, first_step),
        Behaviour("states", "gives every state, in the order of time", 2, nothing_moves),
        Behaviour(
            "shared", "uses the nodes W and b themselves in every step: change them, and all states move", 2, parameters_move
        ),
        Behaviour("unbroken", "links every state to the earlier inputs and to h_0: change them, and it moves", 2, data_move),
        Behaviour(
            "inputs",
            "does all that and leaves values and the list of inputs as they were",
            1,
            inputs_too,
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception(
            "copies",
            "each step makes new nodes from the values of W and b, so that W and b themselves have no part in the graph.",
            looped(lambda x_t, h, W, b, *ops: right_step(x_t, h, Node(W.value), Node(b.value), *ops)),
        ),
        Misconception(
            "weights_copied",
            "each step makes a new node from the value of W, so that W itself has no part in the graph.",
            looped(lambda x_t, h, W, b, *ops: right_step(x_t, h, Node(W.value), b, *ops)),
        ),
        Misconception(
            "detached",
            "a new node is made from the state's value after each step, and the graph is cut there.",
            graph_detached,
        ),
        Misconception(
            "state_reset",
            "every step starts from h_0 again: the new state is not handed to the next step.",
            graph_state_reset,
        ),
        Misconception("zero_state", "the first step starts from zeros, whatever h_0 is.", graph_zero_state),
        Misconception(
            "start_copied",
            "the first step starts from a new node with the value of h_0, and h_0 itself has no part in the graph.",
            graph_start_copied,
        ),
        Misconception(
            "emptied",
            "the list of inputs is taken apart with pop and is empty afterwards; go through it with for.",
            graph_emptied,
        ),
        Misconception(
            "bias_first",
            "the bias is the first argument of add; only the second one may be a bias.",
            looped(lambda x_t, h, W, b, concat, matmul, add, tanh: tanh(add(b, matmul(concat(x_t, h), W)))),
        ),
        Misconception(
            "state_first",
            "the state stands before the input; in [x_t, h_prev] the input comes first.",
            looped(lambda x_t, h, W, b, concat, matmul, add, tanh: tanh(add(matmul(concat(h, x_t), W), b))),
        ),
        Misconception(
            "no_bias",
            "the bias is never added.",
            looped(lambda x_t, h, W, _b, concat, matmul, _add, tanh: tanh(matmul(concat(x_t, h), W))),
        ),
        Misconception(
            "bias_outside",
            "the bias is added after the tanh; it belongs inside.",
            looped(lambda x_t, h, W, b, concat, matmul, add, tanh: add(tanh(matmul(concat(x_t, h), W)), b)),
        ),
        Misconception(
            "no_tanh",
            "the tanh is missing: the step is only linear.",
            looped(lambda x_t, h, W, b, concat, matmul, add, _tanh: add(matmul(concat(x_t, h), W), b)),
        ),
        Misconception(
            "by_numpy",
            "NumPy computes the states; concat, matmul, add and tanh, which are handed over, have to make every node.",
            graph_by_numpy,
        ),
        Misconception("reversed", "the sequence is read from its end to its beginning.", graph_reversed),
        Misconception("includes_h0", "h_0 is among the states; wanted are h_1 to h_T.", graph_includes_h0),
        Misconception("last_only", "only the last state is returned; wanted is the list of all states.", graph_last_only),
    ],
)

ASSIGNMENT = Assignment("autodiff", [MUL, TANH, ADD, MATMUL, CONCAT, TOPOLOGICAL_ORDER, BACKWARD, RNN_GRAPH])
