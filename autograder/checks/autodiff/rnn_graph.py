"""Checks of ``rnn_graph``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.graphs import Node
from unrolled.standins import AROUND, autodiff, stand_in


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
