"""Checks of ``lstm_step``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.lstm.common import FOUR, gate_sums, locals_of, looking_at, small, step_of
from autograder.checks.shared import sigmoid, zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import lstm as parts


def step_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 2, 4), (1, 2, 3), (2, 3, 1), (2, 1, 3)]  # (B, D, H)
    return [
        {
            "x_t": rng.normal(size=(B, D)),
            "h_prev": rng.normal(size=(B, H)),
            "c_prev": rng.normal(size=(B, H)) + 0.5,
            "W_xh": rng.normal(size=(D, 4 * H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, 4 * H)) / np.sqrt(H),
            "b": rng.normal(size=4 * H),
        }
        for B, D, H in sizes
    ]


def swapped(one: str, other: str) -> Callable:
    """Two of the four take each other's columns."""
    exchange = {one: other, other: one}
    order = tuple(exchange.get(name, name) for name in FOUR)

    def step(x_t, h_prev, c_prev, W_xh, W_hh, b):
        return step_of(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b), order=order)

    return step


def changed(change: Callable) -> Callable:
    """A step in which ``change(inputs)`` says what is done differently."""

    def step(x_t, h_prev, c_prev, W_xh, W_hh, b):
        inputs = locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b)
        return step_of(inputs, **change(inputs))

    return step


def squashed_by(function: Callable, *names: str) -> Callable:
    return changed(lambda inputs: dict.fromkeys(names, function))


def with_cell(equation: Callable) -> Callable:
    """Another equation for c_t: of the inputs and of i, f, g, o."""
    return changed(lambda inputs: {"cell": lambda i, f, g, o: equation(inputs, i, f, g, o)})


def with_output(equation: Callable) -> Callable:
    """Another equation for h_t: of the inputs, o and c_t."""
    return changed(lambda inputs: {"output": lambda o, c_t: equation(inputs, o, c_t)})


def step_one_gate(x_t, h_prev, c_prev, W_xh, W_hh, b):
    a_i, _, a_g, _ = np.split(gate_sums(x_t, h_prev, c_prev, W_xh, W_hh, b), 4, axis=1)
    gate, g = sigmoid(a_i), np.tanh(a_g)
    c_t = gate * c_prev + gate * g
    return gate * np.tanh(c_t), c_t, np.concatenate([gate, gate, g, gate], axis=1)


def step_sums_kept(x_t, h_prev, c_prev, W_xh, W_hh, b):
    h_t, c_t, _ = step_of(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b))
    return h_t, c_t, gate_sums(x_t, h_prev, c_prev, W_xh, W_hh, b)


def step_states_exchanged(x_t, h_prev, c_prev, W_xh, W_hh, b):
    h_t, c_t, gates = step_of(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b))
    return c_t, h_t, gates


def step_interleaved(x_t, h_prev, c_prev, W_xh, W_hh, b):
    a = gate_sums(x_t, h_prev, c_prev, W_xh, W_hh, b)
    return step_of({"c_prev": c_prev}, a=np.concatenate([a[:, k::4] for k in range(4)], axis=1))


def step_in_place(x_t, h_prev, c_prev, W_xh, W_hh, b):
    h_t, c_t, gates = step_of(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b))
    c_prev[...] = c_t
    return h_t, c_prev, gates


def step_gates_apart(x_t, h_prev, c_prev, W_xh, W_hh, b):
    h_t, c_t, gates = step_of(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b))
    return h_t, c_t, np.stack(np.split(gates, 4, axis=1))


NAMES_OF = {"i": "input gate", "f": "forget gate", "g": "candidate", "o": "output gate"}


PAIRS = [("i", "f"), ("i", "g"), ("i", "o"), ("f", "g"), ("f", "o"), ("g", "o")]


SWAPS = [
    Misconception(
        f"swapped_{one}{other}",
        f"{one} and {other} have changed places: {NAMES_OF[one]} and {NAMES_OF[other]} are computed from each other's "
        "columns; the order is i, f, g, o.",
        swapped(one, other),
    )
    for one, other in PAIRS
]


LSTM_STEP = Exercise(
    name="lstm_step",
    chapter="lstm",
    section="sec-lstm-step",
    cases=step_cases,
    axes={"h_t": "BH", "c_t": "BH", "gates": "BK"},
    behaviours=[
        Behaviour(
            "i",
            "makes the input gate i of the first H sums, by the sigmoid",
            1,
            looking_at(parts.input_gate, "h_prev", "c_prev", "b"),
        ),
        Behaviour(
            "f",
            "makes the forget gate f of the second H sums, by the sigmoid",
            1,
            looking_at(parts.forget_gate, "h_prev", "c_prev", "b"),
        ),
        Behaviour(
            "g",
            "makes the candidate g of the third H sums, by tanh",
            1,
            looking_at(parts.candidate, "h_prev", "c_prev", "b"),
        ),
        Behaviour(
            "o",
            "makes the output gate o of the last H sums, by the sigmoid",
            1,
            looking_at(parts.output_gate, "h_prev", "c_prev", "b"),
        ),
        Behaviour(
            "sums", "adds up input, hidden state and bias, and squashes the sums", 2, looking_at(parts.all_four, "c_prev")
        ),
        Behaviour("cell", "keeps f of the old cell state and adds i of the candidate", 3, looking_at(parts.new_cell_state)),
        Behaviour("output", "gives out o of the tanh of the new cell state", 2, looking_at(parts.new_hidden_state)),
        Behaviour("inputs", "gives all three and leaves its inputs as they were", 1, small, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        *SWAPS,
        Misconception(
            "one_gate", "one gate is used for all three: i, f and o each have columns of their own.", step_one_gate
        ),
        Misconception(
            "no_f",
            "the forget gate is not used: the old cell state is kept whole.",
            with_cell(lambda inputs, i, f, g, o: inputs["c_prev"] + i * g),
        ),
        Misconception(
            "no_i",
            "the input gate is not used: the candidate is added whole.",
            with_cell(lambda inputs, i, f, g, o: f * inputs["c_prev"] + g),
        ),
        Misconception(
            "no_g",
            "the candidate is not used: what is added is the input gate itself.",
            with_cell(lambda inputs, i, f, g, o: f * inputs["c_prev"] + i),
        ),
        Misconception(
            "no_o",
            "the output gate is not used: the tanh of the cell state is given out whole.",
            with_output(lambda inputs, o, c_t: np.tanh(c_t)),
        ),
        Misconception(
            "coupled",
            "1 - f takes the place of the input gate; here i has columns of its own.",
            with_cell(lambda inputs, i, f, g, o: f * inputs["c_prev"] + (1 - f) * g),
        ),
        Misconception("sigmoid_on_g", "the candidate g goes through the sigmoid; it takes tanh.", squashed_by(sigmoid, "g")),
        Misconception("tanh_on_i", "the input gate goes through tanh; a gate takes the sigmoid.", squashed_by(np.tanh, "i")),
        Misconception(
            "tanh_on_f", "the forget gate goes through tanh; a gate takes the sigmoid.", squashed_by(np.tanh, "f")
        ),
        Misconception(
            "tanh_on_o", "the output gate goes through tanh; a gate takes the sigmoid.", squashed_by(np.tanh, "o")
        ),
        Misconception("tanh_on_all", "all four go through tanh; only g does.", squashed_by(np.tanh, *FOUR)),
        Misconception(
            "no_tanh_on_g", "the candidate g is not squashed; it takes tanh.", squashed_by(lambda a: 1.0 * a, "g")
        ),
        Misconception(
            "no_tanh_at_output",
            "the tanh of the cell state is missing: h_t is o times tanh(c_t).",
            with_output(lambda inputs, o, c_t: o * c_t),
        ),
        Misconception(
            "sigmoid_at_output",
            "the cell state goes through the sigmoid on its way out; it takes tanh.",
            with_output(lambda inputs, o, c_t: o * sigmoid(c_t)),
        ),
        Misconception(
            "squashed_cell",
            "the cell state itself is squashed; only h_t takes tanh of it, and c_t stays as it is.",
            with_cell(lambda inputs, i, f, g, o: np.tanh(f * inputs["c_prev"] + i * g)),
        ),
        Misconception(
            "c_for_h",
            "the cell state comes back in the place of the hidden state.",
            with_output(lambda inputs, o, c_t: c_t),
        ),
        Misconception(
            "states_exchanged", "the two states come back in each other's place; h_t is first.", step_states_exchanged
        ),
        Misconception(
            "c_prev_at_output",
            "h_t is made of the old cell state; it takes the new one.",
            with_output(lambda inputs, o, c_t: o * np.tanh(inputs["c_prev"])),
        ),
        Misconception(
            "h_for_c_prev",
            "the forget gate multiplies the hidden state; what it keeps is the cell state.",
            with_cell(lambda inputs, i, f, g, o: f * inputs["h_prev"] + i * g),
        ),
        Misconception(
            "c_in_sums",
            "the sums are made of c_prev; the linear layer reads x_t and h_prev.",
            changed(lambda inputs: {"a": gate_sums(**inputs | {"h_prev": inputs["c_prev"]})}),
        ),
        Misconception(
            "state_ignored",
            "the hidden state is not used in the sums.",
            changed(lambda inputs: {"a": gate_sums(**zeroed(inputs, "h_prev"))}),
        ),
        Misconception(
            "no_bias", "the bias is never added.", changed(lambda inputs: {"a": gate_sums(**zeroed(inputs, "b"))})
        ),
        Misconception(
            "bias_twice",
            "the bias is added twice, once with each product.",
            changed(lambda inputs: {"a": gate_sums(**inputs) + inputs["b"]}),
        ),
        Misconception(
            "interleaved",
            "every fourth column is taken for one gate; the columns of a gate stand side by side.",
            step_interleaved,
        ),
        Misconception(
            "sums_kept", "the sums come back in the place of the gates; they have to be squashed first.", step_sums_kept
        ),
        Misconception(
            "gates_apart",
            "the gates come back as four arrays; wanted is one of shape (B, 4H), with i, f, g, o side by side.",
            step_gates_apart,
        ),
        Misconception(
            "in_place", "the old cell state is overwritten; the caller still needs it for the way back.", step_in_place
        ),
    ],
)
