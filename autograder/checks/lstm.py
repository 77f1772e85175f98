"""Checks of the assignment ``lstm``: step, loop, forget bias, gradient along the cell state, and both ways back."""

from collections.abc import Callable

import numpy as np

from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception
from autograder.checks.unrolled_net import zeroed
from unrolled.standins import lstm as parts
from unrolled.standins import stand_in


def looking_at(part: Callable, *silent: str) -> Callable[[Case], Case]:
    """Cases in which some inputs are zero and one part of the result is looked at."""
    return lambda case: zeroed(case, *silent) | {"around": stand_in(part)}


def small(case: Case) -> Case | None:
    """Only the small cases: enough to see whether inputs were changed."""
    largest = max(value.size for value in case.values() if isinstance(value, np.ndarray))
    return dict(case) if largest <= 24 else None


def sigmoid(a):
    return 1 / (1 + np.exp(-a))


# lstm_step

FOUR = ("i", "f", "g", "o")


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


def _sums(x_t, h_prev, c_prev, W_xh, W_hh, b):
    return x_t @ W_xh + h_prev @ W_hh + b


def _squashed(a, **other):
    """i, f, g, o of the sums, with another non-linearity for some of them."""
    functions = {"i": sigmoid, "f": sigmoid, "g": np.tanh, "o": sigmoid} | other
    return {name: functions[name](part) for name, part in zip(FOUR, np.split(a, 4, axis=1), strict=True)}


def _step(inputs, a=None, order=FOUR, cell=None, output=None, **other):
    """A step with something exchanged.

    order: the names under which the four quarters of the sums are used; cell, output: other equations for c_t and h_t
    other: another non-linearity for some of the four
    """
    a = _sums(**inputs) if a is None else a
    quarters = dict(zip(order, np.split(a, 4, axis=1), strict=True))
    four = _squashed(np.concatenate([quarters[name] for name in FOUR], axis=1), **other)
    c_prev = inputs["c_prev"]
    c_t = cell(**four) if cell else four["f"] * c_prev + four["i"] * four["g"]
    h_t = output(o=four["o"], c_t=c_t) if output else four["o"] * np.tanh(c_t)
    return h_t, c_t, np.concatenate([four[name] for name in order], axis=1)


def swapped(one: str, other: str) -> Callable:
    """Two of the four take each other's columns."""
    exchange = {one: other, other: one}
    order = tuple(exchange.get(name, name) for name in FOUR)

    def step(x_t, h_prev, c_prev, W_xh, W_hh, b):
        return _step(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b), order=order)

    return step


def locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b):
    return {"x_t": x_t, "h_prev": h_prev, "c_prev": c_prev, "W_xh": W_xh, "W_hh": W_hh, "b": b}


def changed(change: Callable) -> Callable:
    """A step in which ``change(inputs)`` says what is done differently."""

    def step(x_t, h_prev, c_prev, W_xh, W_hh, b):
        inputs = locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b)
        return _step(inputs, **change(inputs))

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
    a_i, _, a_g, _ = np.split(_sums(x_t, h_prev, c_prev, W_xh, W_hh, b), 4, axis=1)
    gate, g = sigmoid(a_i), np.tanh(a_g)
    c_t = gate * c_prev + gate * g
    return gate * np.tanh(c_t), c_t, np.concatenate([gate, gate, g, gate], axis=1)


def step_sums_kept(x_t, h_prev, c_prev, W_xh, W_hh, b):
    h_t, c_t, _ = _step(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b))
    return h_t, c_t, _sums(x_t, h_prev, c_prev, W_xh, W_hh, b)


def step_states_exchanged(x_t, h_prev, c_prev, W_xh, W_hh, b):
    h_t, c_t, gates = _step(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b))
    return c_t, h_t, gates


def step_interleaved(x_t, h_prev, c_prev, W_xh, W_hh, b):
    a = _sums(x_t, h_prev, c_prev, W_xh, W_hh, b)
    return _step({"c_prev": c_prev}, a=np.concatenate([a[:, k::4] for k in range(4)], axis=1))


def step_in_place(x_t, h_prev, c_prev, W_xh, W_hh, b):
    h_t, c_t, gates = _step(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b))
    c_prev[...] = c_t
    return h_t, c_prev, gates


def step_gates_apart(x_t, h_prev, c_prev, W_xh, W_hh, b):
    h_t, c_t, gates = _step(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b))
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
            changed(lambda inputs: {"a": _sums(**inputs | {"h_prev": inputs["c_prev"]})}),
        ),
        Misconception(
            "state_ignored",
            "the hidden state is not used in the sums.",
            changed(lambda inputs: {"a": _sums(**zeroed(inputs, "h_prev"))}),
        ),
        Misconception("no_bias", "the bias is never added.", changed(lambda inputs: {"a": _sums(**zeroed(inputs, "b"))})),
        Misconception(
            "bias_twice",
            "the bias is added twice, once with each product.",
            changed(lambda inputs: {"a": _sums(**inputs) + inputs["b"]}),
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


# lstm_forward


def forward_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4), (1, 4, 3, 2), (4, 1, 2, 3), (2, 3, 1, 1)]  # (B, T, D, H)
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "h_0": rng.normal(size=(B, H)),
            "c_0": rng.normal(size=(B, H)),
            "W_xh": rng.normal(size=(D, 4 * H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, 4 * H)) / np.sqrt(H),
            "b": rng.normal(size=4 * H),
            "step": stand_in(parts.mixing_step),
        }
        for B, T, D, H in sizes
    ]


def one_step(case: Case) -> Case:
    return case | {"x": case["x"][:, :1]}


def from_zeros(case: Case) -> Case:
    return zeroed(case, "h_0", "c_0")


def several_steps(part: Callable) -> Callable[[Case], Case | None]:
    """From zero states, where there is more than one step; one part of the result is looked at."""
    return lambda case: from_zeros(case) | {"around": stand_in(part)} if case["x"].shape[1] > 1 else None


def _loop(x, h, c, weights, step, feed=None):
    """All states; ``feed(before, after)`` gives the two states that enter the next step."""
    kept = []
    for t in range(x.shape[1]):
        before = h, c
        after = step(x[:, t], h, c, *weights)
        kept.append(after)
        h, c = feed(before, after) if feed else after[:2]
    return tuple(np.stack(values, axis=1) for values in zip(*kept, strict=True))


def fed(feed: Callable) -> Callable:
    """A loop that hands other states to the next step."""

    def forward(x, h_0, c_0, W_xh, W_hh, b, step):
        return _loop(x, h_0, c_0, (W_xh, W_hh, b), step, feed)

    return forward


def forward_zero_state(x, h_0, c_0, W_xh, W_hh, b, step):
    return _loop(x, np.zeros_like(h_0), np.zeros_like(c_0), (W_xh, W_hh, b), step)


def forward_zero_cell(x, h_0, c_0, W_xh, W_hh, b, step):
    return _loop(x, h_0, np.zeros_like(c_0), (W_xh, W_hh, b), step)


def forward_exchanged(x, h_0, c_0, W_xh, W_hh, b, step):
    return _loop(x, c_0, h_0, (W_xh, W_hh, b), step, lambda before, after: (after[1], after[0]))


def forward_own_step(x, h_0, c_0, W_xh, W_hh, b, step):
    def own(x_t, h_prev, c_prev, W_xh, W_hh, b):
        return _step(locals_of(x_t, h_prev, c_prev, W_xh, W_hh, b))

    return _loop(x, h_0, c_0, (W_xh, W_hh, b), own)


def forward_reversed(x, h_0, c_0, W_xh, W_hh, b, step):
    return _loop(x[:, ::-1], h_0, c_0, (W_xh, W_hh, b), step)


def forward_shifted(x, h_0, c_0, W_xh, W_hh, b, step):
    h, c, gates = _loop(x, h_0, c_0, (W_xh, W_hh, b), step)
    return (*(np.concatenate([s_0[:, None], s[:, :-1]], axis=1) for s_0, s in ((h_0, h), (c_0, c))), gates)


def forward_includes_start(x, h_0, c_0, W_xh, W_hh, b, step):
    h, c, gates = _loop(x, h_0, c_0, (W_xh, W_hh, b), step)
    return (*(np.concatenate([s_0[:, None], s], axis=1) for s_0, s in ((h_0, h), (c_0, c))), gates)


def forward_time_first(x, h_0, c_0, W_xh, W_hh, b, step):
    return tuple(values.swapaxes(0, 1) for values in _loop(x, h_0, c_0, (W_xh, W_hh, b), step))


def forward_reshaped(x, h_0, c_0, W_xh, W_hh, b, step):
    kept = _loop(x, h_0, c_0, (W_xh, W_hh, b), step)
    return tuple(values.swapaxes(0, 1).reshape(values.shape) for values in kept)


def forward_last_only(x, h_0, c_0, W_xh, W_hh, b, step):
    return tuple(values[:, -1] for values in _loop(x, h_0, c_0, (W_xh, W_hh, b), step))


def forward_h_and_c(x, h_0, c_0, W_xh, W_hh, b, step):
    h, c, gates = _loop(x, h_0, c_0, (W_xh, W_hh, b), step)
    return c, h, gates


LSTM_FORWARD = Exercise(
    name="lstm_forward",
    chapter="lstm",
    section="sec-two-memories",
    cases=forward_cases,
    axes={"h": "BTH", "c": "BTH", "gates": "BTK"},
    behaviours=[
        Behaviour("first", "starts from h_0 and c_0: the first states are one step after them", 1, one_step),
        Behaviour("h", "hands the hidden state on, and gives it after every step", 2, several_steps(parts.hidden_states)),
        Behaviour("c", "hands the cell state on, and gives it after every step", 2, several_steps(parts.cell_states)),
        Behaviour("gates", "keeps the gates of every step", 1, several_steps(parts.gates_of_all_steps)),
        Behaviour(
            "inputs", "gives all that from any states, and leaves its inputs as they were", 1, looks_at=("value", "inputs")
        ),
    ],
    misconceptions=[
        Misconception("zero_state", "the first step starts from zeros, whatever h_0 and c_0 are.", forward_zero_state),
        Misconception("zero_cell", "the cell state starts from zeros, whatever c_0 is.", forward_zero_cell),
        Misconception(
            "h_not_fed",
            "every step gets h_0 again: the new hidden state is not handed on.",
            fed(lambda before, after: (before[0], after[1])),
        ),
        Misconception(
            "c_not_fed",
            "every step gets c_0 again: the new cell state is not handed on.",
            fed(lambda before, after: (after[0], before[1])),
        ),
        Misconception(
            "neither_fed",
            "every step starts from h_0 and c_0 again: no state is handed on.",
            fed(lambda before, after: before),
        ),
        Misconception(
            "h_as_c",
            "the hidden state is handed on in the place of the cell state.",
            fed(lambda before, after: (after[0], after[0])),
        ),
        Misconception(
            "exchanged", "the two states are handed to the step in the wrong order; h comes first.", forward_exchanged
        ),
        Misconception(
            "own_step", "the step that was handed in is not called; what runs is an LSTM of its own.", forward_own_step
        ),
        Misconception("reversed", "the sequence is read from its end to its beginning.", forward_reversed),
        Misconception("shifted", "the states are those before each step; wanted are those after it.", forward_shifted),
        Misconception(
            "includes_start", "h_0 and c_0 are among the states; wanted are those after each step.", forward_includes_start
        ),
        Misconception("time_first", "the axes are (time, batch, unit); wanted is batch first.", forward_time_first),
        Misconception(
            "reshaped",
            "a reshape has mixed up sequences and steps; axes are exchanged by stacking along axis 1 or by swapaxes.",
            forward_reshaped,
        ),
        Misconception("last_only", "only the last step comes back; wanted are all of them.", forward_last_only),
        Misconception("h_and_c", "h and c come back in each other's place; h is first.", forward_h_and_c),
    ],
)


# forget_bias


def bias_cases(rng: np.random.Generator) -> list[Case]:
    cases: list[Case] = [{"b": rng.normal(size=4 * H), "value": float(rng.uniform(0.5, 3))} for H in (3, 2, 1, 5)]
    cases[3]["value"] -= 5.0  # below all biases: it replaces larger ones as well
    return cases


def only_forget_slot(case: Case) -> Case:
    """Zeros everywhere, so that only the place counts."""
    return zeroed(case, "b")


def in_quarter(k: int) -> Callable:
    def bias(b, value):
        H, new = len(b) // 4, b.copy()
        new[k * H : (k + 1) * H] = value
        return new

    return bias


def bias_added(b, value):
    H, new = len(b) // 4, b.copy()
    new[H : 2 * H] += value
    return new


def bias_maximum(b, value):
    H, new = len(b) // 4, b.copy()
    new[H : 2 * H] = np.maximum(new[H : 2 * H], value)
    return new


def bias_everywhere(b, value):
    return np.full_like(b, value)


def bias_others_zero(b, value):
    return in_quarter(1)(np.zeros_like(b), value)


def bias_one_entry(b, value):
    new = b.copy()
    new[1] = value
    return new


def bias_every_fourth(b, value):
    new = b.copy()
    new[1::4] = value
    return new


def bias_in_place(b, value):
    H = len(b) // 4
    b[H : 2 * H] = value
    return b


FORGET_BIAS = Exercise(
    name="forget_bias",
    chapter="lstm",
    section="sec-forget-bias",
    cases=bias_cases,
    axes="K",
    behaviours=[
        Behaviour("slot", "puts the value into the second quarter of the biases", 1, only_forget_slot),
        Behaviour("others", "replaces what was there, and keeps the other biases", 1),
        Behaviour("inputs", "gives a new array and leaves b as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("input_slot", "the value stands in the input gate's slot, the first; f is the second.", in_quarter(0)),
        Misconception(
            "candidate_slot", "the value stands in the candidate's slot, the third; f is the second.", in_quarter(2)
        ),
        Misconception(
            "output_slot", "the value stands in the output gate's slot, the last; f is the second.", in_quarter(3)
        ),
        Misconception("added", "the value is added to the biases that were there; it has to replace them.", bias_added),
        Misconception(
            "maximum", "a bias that is larger than the value is kept; the value has to replace it, too.", bias_maximum
        ),
        Misconception("everywhere", "all four slots are set; only that of the forget gate should be.", bias_everywhere),
        Misconception(
            "others_zero", "the biases of the other three are lost; they should stay as they were.", bias_others_zero
        ),
        Misconception("one_entry", "a single entry is set; the forget gate has one bias for each unit.", bias_one_entry),
        Misconception(
            "every_fourth", "every fourth entry is set; the biases of a gate stand side by side.", bias_every_fourth
        ),
        Misconception("in_place", "b itself is changed; a new array is wanted.", bias_in_place),
    ],
)


# cell_gradient


def gradient_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(2, 5, 3), (3, 4, 1), (1, 6, 2), (4, 1, 3)]  # (B, T, H)
    return [{"f": rng.uniform(0.3, 0.95, size=size)} for size in sizes]


def two_steps(case: Case) -> Case | None:
    return case | {"f": case["f"][:, :2]} if case["f"].shape[1] > 1 else None


def longer(case: Case) -> Case | None:
    return dict(case) if case["f"].shape[1] > 2 else None


def with_closed_gate(case: Case) -> Case | None:
    """One forget gate somewhere in the middle is closed altogether."""
    f = case["f"].copy()
    if f.shape[1] < 4:
        return None
    f[0, 2, 0] = 0.0
    return {"f": f}


def gradient_own_gate(f):
    return np.cumprod(f[:, ::-1], axis=1)[:, ::-1]


def gradient_from_start(f):
    return np.cumprod(f, axis=1)


def gradient_from_start_shifted(f):
    return np.concatenate([np.ones_like(f[:, :1]), np.cumprod(f, axis=1)[:, :-1]], axis=1)


def gradient_whole_product(f):
    return np.ones_like(f) * f.prod(axis=1, keepdims=True)


def gradient_next_only(f):
    return np.concatenate([f[:, 1:], np.ones_like(f[:, :1])], axis=1)


def gradient_sum(f):
    later = np.concatenate([f[:, 1:], np.zeros_like(f[:, :1])], axis=1)
    return np.cumsum(later[:, ::-1], axis=1)[:, ::-1]


def _right_gradient(f):
    shifted = np.concatenate([f[:, 1:], np.ones_like(f[:, :1])], axis=1)
    return np.cumprod(shifted[:, ::-1], axis=1)[:, ::-1]


def gradient_by_division(f):
    with np.errstate(invalid="ignore"):
        return f.prod(axis=1, keepdims=True) / np.cumprod(f, axis=1)


def gradient_reversed(f):
    return _right_gradient(f)[:, ::-1]


def gradient_mean_over_units(f):
    return _right_gradient(f).mean(axis=2)


def gradient_end_zero(f):
    gradient = _right_gradient(f)
    gradient[:, -1] = 0
    return gradient


CELL_GRADIENT = Exercise(
    name="cell_gradient",
    chapter="gates",
    section="sec-along-the-cell",
    cases=gradient_cases,
    axes="BtH",
    behaviours=[
        Behaviour("last", "gives 1 for the last step and its forget gate for the one before", 1, two_steps),
        Behaviour("product", "multiplies the forget gates of all later steps", 2, longer),
        Behaviour("closed", "gives 0 across a closed gate, and ordinary numbers after it", 1, with_closed_gate),
        Behaviour("inputs", "gives that and leaves f as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "own_gate",
            "each product begins with the step's own gate: from c_t on, the first gate is that of step t + 1.",
            gradient_own_gate,
        ),
        Misconception(
            "from_start",
            "the products run from the first step on; wanted are the gates that come later.",
            gradient_from_start,
        ),
        Misconception(
            "from_start_shifted",
            "the products are of the gates before each step; wanted are the gates that come later.",
            gradient_from_start_shifted,
        ),
        Misconception(
            "whole_product",
            "every step gets the product of all gates; gates before a step do not count.",
            gradient_whole_product,
        ),
        Misconception("next_only", "only the next gate is taken; each later one multiplies, too.", gradient_next_only),
        Misconception("sum", "the gates are added up; along a chain derivatives are multiplied.", gradient_sum),
        Misconception(
            "by_division",
            "the product of all gates is divided by that of the first ones; a closed gate makes that 0 / 0.",
            gradient_by_division,
        ),
        Misconception("reversed", "the result stands in reverse order of time.", gradient_reversed),
        Misconception(
            "mean_over_units", "the units are averaged; each has a gradient of its own.", gradient_mean_over_units
        ),
        Misconception("end_zero", "the last step gets 0; a state's derivative by itself is 1.", gradient_end_zero),
    ],
)


# lstm_step_backward


def back_cases(rng: np.random.Generator) -> list[Case]:
    cases = []
    for B, H in [(3, 4), (1, 3), (2, 1), (4, 2)]:
        four = _squashed(rng.normal(size=(B, 4 * H)))
        c_prev = rng.normal(size=(B, H)) + 0.3
        cases.append(
            {
                "dh_t": 2 * rng.normal(size=(B, H)),
                "dc_t": 2 * rng.normal(size=(B, H)),
                "c_prev": c_prev,
                "c_t": four["f"] * c_prev + four["i"] * four["g"],
                "gates": np.concatenate([four[name] for name in FOUR], axis=1),
                "W_hh": rng.normal(size=(H, 4 * H)) / np.sqrt(H),
            }
        )
    return cases


def _back(dh_t, dc_t, c_prev, c_t, gates, W_hh, **other):
    """The way back with some of its parts replaced.

    other: "dc" of everything, "deltas" of i, f, g, o as functions of everything, or "dc_prev"
    """
    i, f, g, o = np.split(gates, 4, axis=1)
    tanh_c = np.tanh(c_t)
    v = {"i": i, "f": f, "g": g, "o": o, "tanh_c": tanh_c, "dh_t": dh_t, "dc_t": dc_t, "c_prev": c_prev, "c_t": c_t}
    v["dc"] = other["dc"](v) if "dc" in other else dc_t + dh_t * o * (1 - tanh_c**2)
    v |= {
        "da_i": v["dc"] * g * i * (1 - i),
        "da_f": v["dc"] * c_prev * f * (1 - f),
        "da_g": v["dc"] * i * (1 - g**2),
        "da_o": dh_t * tanh_c * o * (1 - o),
    }
    v |= {name: function(v) for name, function in other.items() if name.startswith("da_")}
    order = other.get("order", FOUR)
    da = np.concatenate([v[f"da_{name}"] for name in order], axis=1)
    return da, da @ W_hh.T, other["dc_prev"](v) if "dc_prev" in other else v["dc"] * f


def back_with(**other) -> Callable:
    def backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
        return _back(dh_t, dc_t, c_prev, c_t, gates, W_hh, **other)

    return backward


def back_unpacked(*order: str) -> Callable:
    """The four taken out of ``gates`` in another order; da is put together in the right one."""

    def backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
        four = dict(zip(order, np.split(gates, 4, axis=1), strict=True))
        return _back(dh_t, dc_t, c_prev, c_t, np.concatenate([four[name] for name in FOUR], axis=1), W_hh)

    return backward


def back_c_exchanged(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    return _back(dh_t, dc_t, c_t, c_prev, gates, W_hh)


def back_in_place(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    result = _back(dh_t, dc_t, c_prev, c_t, gates, W_hh)
    dc_t += dh_t * gates[:, -c_t.shape[1] :] * (1 - np.tanh(c_t) ** 2)
    return result


def back_dh_only_g(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    da, _, dc_prev = _back(dh_t, dc_t, c_prev, c_t, gates, W_hh)
    H = c_t.shape[1]
    return da, da[:, 2 * H : 3 * H] @ W_hh[:, 2 * H : 3 * H].T, dc_prev


def back_dh_without_o(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    da, _, dc_prev = _back(dh_t, dc_t, c_prev, c_t, gates, W_hh)
    three = slice(3 * c_t.shape[1])
    return da, da[:, three] @ W_hh[:, three].T, dc_prev


def back_states_exchanged(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    da, dh_prev, dc_prev = _back(dh_t, dc_t, c_prev, c_t, gates, W_hh)
    return da, dc_prev, dh_prev


def _sigmoid_slope_again(s):
    return sigmoid(s) * (1 - sigmoid(s))


LSTM_STEP_BACKWARD = Exercise(
    name="lstm_step_backward",
    chapter="lstm",
    section="sec-lstm-backward",
    cases=back_cases,
    axes={"da": "BK", "dh_prev": "BH", "dc_prev": "BH"} | {f"da of {gate}": "BH" for gate in FOUR},
    behaviours=[
        Behaviour("o", "sends dh_t back to the output gate's sum", 1, looking_at(parts.output_delta, "dc_t")),
        Behaviour("i", "sends the cell state's gradient to the input gate's sum", 1, looking_at(parts.input_delta, "dh_t")),
        Behaviour("f", "sends it to the forget gate's sum", 1, looking_at(parts.forget_delta, "dh_t")),
        Behaviour("g", "sends it to the candidate's sum", 1, looking_at(parts.candidate_delta, "dh_t")),
        Behaviour("kept", "lets f of dc_t through to the old cell state", 2, looking_at(parts.cell_state_delta, "dh_t")),
        Behaviour(
            "through_h", "sends dh_t through tanh(c_t) to the same three sums", 2, looking_at(parts.cell_deltas, "dc_t")
        ),
        Behaviour(
            "both",
            "adds both ways into the cell state before it goes on to the old one",
            2,
            looking_at(parts.cell_state_delta),
        ),
        Behaviour("dh_prev", "sends the deltas of all four sums back through W_hh", 1, looking_at(parts.state_delta)),
        Behaviour("inputs", "gives all three and leaves its inputs as they were", 1, small, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "no_dc_t",
            "dc_t is not used: what the next step asks of the cell state is lost.",
            back_with(dc=lambda v: v["dh_t"] * v["o"] * (1 - v["tanh_c"] ** 2)),
        ),
        Misconception(
            "no_dc_through_h",
            "the way from h_t into the cell state is missing: dc is dc_t alone.",
            back_with(dc=lambda v: v["dc_t"]),
        ),
        Misconception(
            "no_o_in_dc",
            "o is missing on the way from h_t into the cell state.",
            back_with(dc=lambda v: v["dc_t"] + v["dh_t"] * (1 - v["tanh_c"] ** 2)),
        ),
        Misconception(
            "no_tanh_slope",
            "the slope of tanh(c_t) is missing on the way from h_t into the cell state.",
            back_with(dc=lambda v: v["dc_t"] + v["dh_t"] * v["o"]),
        ),
        Misconception(
            "slope_of_c",
            "the slope is taken as 1 - c_t squared; it is 1 - tanh(c_t) squared.",
            back_with(dc=lambda v: v["dc_t"] + v["dh_t"] * v["o"] * (1 - v["c_t"] ** 2)),
        ),
        Misconception(
            "no_gradient_of_o",
            "nothing is sent to the output gate.",
            back_with(da_o=lambda v: 0 * v["o"]),
        ),
        Misconception(
            "o_without_tanh",
            "the output gate's delta takes c_t; h_t is o times tanh(c_t), so it takes tanh(c_t).",
            back_with(da_o=lambda v: v["dh_t"] * v["c_t"] * v["o"] * (1 - v["o"])),
        ),
        Misconception(
            "o_from_dc",
            "the output gate's delta is made of dc; o does not stand in the cell state, only in h_t.",
            back_with(da_o=lambda v: v["dc"] * v["tanh_c"] * v["o"] * (1 - v["o"])),
        ),
        Misconception(
            "f_dropped", "the forget gate is missing in dc_prev: it is f times dc.", back_with(dc_prev=lambda v: v["dc"])
        ),
        Misconception(
            "dc_prev_of_dc_t",
            "dc_prev is f times dc_t; what came through h_t is missing in it.",
            back_with(dc_prev=lambda v: v["dc_t"] * v["f"]),
        ),
        Misconception(
            "c_t_in_df",
            "the forget gate's delta takes c_t; what f multiplied is c_prev.",
            back_with(da_f=lambda v: v["dc"] * v["c_t"] * v["f"] * (1 - v["f"])),
        ),
        Misconception("c_exchanged", "c_prev and c_t have changed places.", back_c_exchanged),
        Misconception(
            "own_factor",
            "i and g multiply their own deltas; the derivative of i g by one of them is the other.",
            back_with(
                da_i=lambda v: v["dc"] * v["i"] * v["i"] * (1 - v["i"]), da_g=lambda v: v["dc"] * v["g"] * (1 - v["g"] ** 2)
            ),
        ),
        Misconception(
            "no_gate_slopes",
            "the slopes of the four non-linearities are missing: these are gradients of the gates, not of their sums.",
            back_with(
                da_i=lambda v: v["dc"] * v["g"],
                da_f=lambda v: v["dc"] * v["c_prev"],
                da_g=lambda v: v["dc"] * v["i"],
                da_o=lambda v: v["dh_t"] * v["tanh_c"],
            ),
        ),
        Misconception(
            "slopes_at_input",
            "the slopes are computed as if gates were sums: sigmoid and tanh are taken once more.",
            back_with(
                da_i=lambda v: v["dc"] * v["g"] * _sigmoid_slope_again(v["i"]),
                da_f=lambda v: v["dc"] * v["c_prev"] * _sigmoid_slope_again(v["f"]),
                da_g=lambda v: v["dc"] * v["i"] * (1 - np.tanh(v["g"]) ** 2),
                da_o=lambda v: v["dh_t"] * v["tanh_c"] * _sigmoid_slope_again(v["o"]),
            ),
        ),
        Misconception(
            "sigmoid_slope_on_g",
            "the slope of the sigmoid is used for g; g took tanh, whose slope is 1 - g squared.",
            back_with(da_g=lambda v: v["dc"] * v["i"] * v["g"] * (1 - v["g"])),
        ),
        Misconception(
            "tanh_slope_on_gates",
            "the slope of tanh is used for the three gates; that of the sigmoid is s (1 - s).",
            back_with(
                da_i=lambda v: v["dc"] * v["g"] * (1 - v["i"] ** 2),
                da_f=lambda v: v["dc"] * v["c_prev"] * (1 - v["f"] ** 2),
                da_o=lambda v: v["dh_t"] * v["tanh_c"] * (1 - v["o"] ** 2),
            ),
        ),
        Misconception(
            "packed_ifog",
            "g and o have changed places in da; the order is i, f, g, o.",
            back_with(order=("i", "f", "o", "g")),
        ),
        Misconception(
            "packed_fi", "i and f have changed places in da; the order is i, f, g, o.", back_with(order=("f", "i", "g", "o"))
        ),
        Misconception(
            "unpacked_ifog",
            "g and o are taken out of gates in each other's place; the order is i, f, g, o.",
            back_unpacked(*"ifog"),
        ),
        Misconception(
            "unpacked_fi",
            "i and f are taken out of gates in each other's place; the order is i, f, g, o.",
            back_unpacked(*"figo"),
        ),
        Misconception(
            "dh_only_g",
            "only the candidate's delta goes back to h_prev; all four sums read it.",
            back_dh_only_g,
        ),
        Misconception(
            "dh_without_o",
            "the output gate's delta does not go back to h_prev; all four sums read it.",
            back_dh_without_o,
        ),
        Misconception("states_exchanged", "dh_prev and dc_prev come back in each other's place.", back_states_exchanged),
        Misconception("in_place", "dc_t is changed in place; the caller still needs it.", back_in_place),
    ],
)


# lstm_backward


def sequence_cases(rng: np.random.Generator) -> list[Case]:
    cases = []
    for B, T, D, H in [(2, 5, 3, 4), (1, 3, 2, 4), (3, 1, 2, 1), (2, 3, 1, 1)]:
        shapes = {"dh": (B, T, H), "x": (B, T, D), "h_0": (B, H), "c_0": (B, H), "h": (B, T, H), "c": (B, T, H)}
        cases.append(
            {name: rng.normal(size=shape) for name, shape in shapes.items()}
            | {
                "gates": rng.uniform(0.1, 0.9, size=(B, T, 4 * H)),
                "W_xh": rng.normal(size=(D, 4 * H)) / np.sqrt(D),
                "W_hh": rng.normal(size=(H, 4 * H)) / np.sqrt(H),
                "step_backward": stand_in(parts.mixing_backward),
            }
        )
    return cases


def last_step(case: Case) -> Case:
    """Only the last step."""
    return case | {name: case[name][:, -1:] for name in ("dh", "x", "h", "c", "gates")}


def before(s_0, s):
    return np.concatenate([s_0[:, None], s[:, :-1]], axis=1)


def _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward, **other):
    """The way back with some of its parts replaced: see the misconceptions."""
    T = x.shape[1]
    h_prev, c_prev = other.get("h_prev", before(h_0, h)), other.get("c_prev", before(c_0, c))
    da, dh_next, dc_next = np.empty_like(gates), np.zeros_like(h_0), np.zeros_like(c_0)
    feed = other.get("feed", lambda dh_prev, dc_prev: (dh_prev, dc_prev))
    for t in other.get("steps", reversed(range(T))):
        direct = dh[:, t] if other.get("direct", lambda t: True)(t) else 0.0
        da[:, t], *back = step_backward(
            direct + dh_next, dc_next, c_prev[:, t], other.get("c_t", c)[:, t], gates[:, t], W_hh
        )
        dh_next, dc_next = feed(*back)
    chosen = other.get("chosen", slice(None))
    dW_xh, dW_hh = (np.einsum("btd,btk->dk", v[:, chosen], da[:, chosen]) for v in (x, h_prev))
    return da @ W_xh.T, back[0], back[1], dW_xh, dW_hh, da[:, chosen].sum(axis=(0, 1))


def walk_with(**other) -> Callable:
    """The way back with the same replacement whatever the inputs are."""
    return walk_by(lambda **inputs: other)


def walk_by(change: Callable) -> Callable:
    """The way back with the replacement that ``change(**inputs)`` says."""

    def backward(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
        other = change(h_0=h_0, c_0=c_0, h=h, c=c)
        return _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward, **other)

    return backward


def walk_averaged(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    *others, dW_xh, dW_hh, db = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    return (*others, dW_xh / len(x), dW_hh / len(x), db / len(x))


def walk_averaged_over_time(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    *others, dW_xh, dW_hh, db = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    return (*others, *(total / x.shape[1] for total in (dW_xh, dW_hh, db)))


def walk_db_per_sequence(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    *others, db = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    return (*others, np.outer(np.ones(len(x)), db))


def walk_starts_exchanged(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    dx, dh_0, dc_0, *others = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    return (dx, dc_0, dh_0, *others)


def walk_dx_reversed(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    dx, *others = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    return (dx[:, ::-1], *others)


def walk_in_place(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    c_prev, dh_next, dc_next = before(c_0, c), np.zeros_like(h_0), np.zeros_like(c_0)
    result = _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward)
    for t in reversed(range(x.shape[1])):
        dh[:, t] += dh_next
        _, dh_next, dc_next = step_backward(dh[:, t], dc_next, c_prev[:, t], c[:, t], gates[:, t], W_hh)
    return result


def walk_own_step(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    return _walk(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, _back)


def several(part: Callable, *silent: str) -> Callable[[Case], Case | None]:
    return lambda case: zeroed(case, *silent) | {"around": stand_in(part)} if case["x"].shape[1] > 1 else None


LSTM_BACKWARD = Exercise(
    name="lstm_backward",
    chapter="lstm",
    section="sec-lstm-backward",
    cases=sequence_cases,
    axes={"dx": "BtD", "dh_0": "BH", "dc_0": "BH", "dW_xh": "RK", "dW_hh": "RK", "db": "K"},
    behaviours=[
        Behaviour("last", "begins at the last step with dh alone, and with zeros from beyond it", 1, last_step),
        Behaviour(
            "dx",
            "adds up in each step what the loss and the next step ask of h_t, and hands on dc",
            2,
            several(parts.input_gradients),
        ),
        Behaviour("start", "gives what reaches both initial states", 1, several(parts.start_gradients)),
        Behaviour(
            "dW_xh", "adds up the gradients of W_xh and b over all steps and sequences", 2, several(parts.input_weights)
        ),
        Behaviour("dW_hh", "gives W_hh the states before the steps times their deltas", 1, several(parts.state_weights)),
        Behaviour("inputs", "gives all six and leaves its inputs as they were", 1, small, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "overwritten",
            "each step overwrites the weights' gradients instead of adding to them: only the first step's share is left.",
            walk_with(chosen=slice(0, 1)),
        ),
        Misconception(
            "last_step_only",
            "only the last step's share of the weights' gradients is there.",
            walk_with(chosen=slice(-1, None)),
        ),
        Misconception(
            "no_dh_next",
            "what comes back from the next step into h is forgotten: each step gets dh alone.",
            walk_with(feed=lambda dh_prev, dc_prev: (0 * dh_prev, dc_prev)),
        ),
        Misconception(
            "no_dc_next",
            "what comes back from the next step into the cell state is forgotten: every step gets zeros for dc_t.",
            walk_with(feed=lambda dh_prev, dc_prev: (dh_prev, 0 * dc_prev)),
        ),
        Misconception(
            "neither_next",
            "nothing comes back from the next step: each step is treated as if it were the last.",
            walk_with(feed=lambda dh_prev, dc_prev: (0 * dh_prev, 0 * dc_prev)),
        ),
        Misconception(
            "own_loss_forgotten",
            "dh counts at the last step only; the loss may ask something of every h_t.",
            walk_by(lambda h, **_: {"direct": lambda t: t == h.shape[1] - 1}),
        ),
        Misconception(
            "exchanged",
            "dh_prev and dc_prev are handed on in each other's place.",
            walk_with(feed=lambda dh_prev, dc_prev: (dc_prev, dh_prev)),
        ),
        Misconception(
            "forwards",
            "the walk goes from the first step to the last; gradients come from the end.",
            walk_by(lambda h, **_: {"steps": range(h.shape[1])}),
        ),
        Misconception(
            "h_t_for_h_prev",
            "dW_hh is made of the state after each step; what W_hh multiplied is the state before it.",
            walk_by(lambda h, **_: {"h_prev": h}),
        ),
        Misconception(
            "c_t_for_c_prev",
            "c_t is handed over as c_prev; the cell state before step t is the one after step t - 1.",
            walk_by(lambda c, **_: {"c_prev": c}),
        ),
        Misconception(
            "c_one_late",
            "the cell state before the step is handed over as c_t.",
            walk_by(lambda c_0, c, **_: {"c_t": before(c_0, c)}),
        ),
        Misconception(
            "zero_start",
            "zeros stand for the states before the first step; they are h_0 and c_0.",
            walk_by(lambda h_0, c_0, h, c: {"h_prev": before(0 * h_0, h), "c_prev": before(0 * c_0, c)}),
        ),
        Misconception(
            "h_0_zero",
            "zeros stand for the hidden state before the first step in dW_hh; it is h_0.",
            walk_by(lambda h_0, h, **_: {"h_prev": before(0 * h_0, h)}),
        ),
        Misconception(
            "wraps_around",
            "index -1 means the last step: before the first step come h_0 and c_0.",
            walk_by(lambda h, c, **_: {"h_prev": np.roll(h, 1, axis=1), "c_prev": np.roll(c, 1, axis=1)}),
        ),
        Misconception("averaged", "the weights' gradients are averaged over the batch; wanted is the sum.", walk_averaged),
        Misconception(
            "averaged_over_time",
            "the weights' gradients are averaged over the steps; wanted is the sum.",
            walk_averaged_over_time,
        ),
        Misconception("db_per_sequence", "db has a row for each sequence; one bias serves them all.", walk_db_per_sequence),
        Misconception(
            "dx_reversed",
            "dx stands in the order of the walk, the last step first; wanted is the order of time.",
            walk_dx_reversed,
        ),
        Misconception("starts_exchanged", "dh_0 and dc_0 come back in each other's place.", walk_starts_exchanged),
        Misconception(
            "own_step", "the step_backward that was handed in is not called; what runs is an LSTM's own.", walk_own_step
        ),
        Misconception("in_place", "dh is changed in place; the caller may still need it.", walk_in_place),
    ],
)

ASSIGNMENT = Assignment("lstm", [LSTM_STEP, LSTM_FORWARD, FORGET_BIAS, CELL_GRADIENT, LSTM_STEP_BACKWARD, LSTM_BACKWARD])
