"""Checks of the assignment ``bptt``: gradients of layers, of a step, through time, and by differences."""

from collections.abc import Callable, Iterable

import numpy as np

from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception
from autograder.checks.unrolled_net import zeroed
from unrolled.standins import stand_in
from unrolled.standins.bptt import bumpy, part_of, summed_over_time, wave_step_backward

LINEAR = {"dx": "BD", "dW": "RK", "db": "K"}
STEP = {"dx_t": "BD", "dh_prev": "BH", "dW_xh": "RK", "dW_hh": "RK", "db_h": "H"}


def looking_at(part: str, names: Iterable[str]) -> Callable[[Case], Case]:
    """Cases in which one part of the result is looked at; names: those of all its parts."""
    return lambda case: dict(case) | {"around": stand_in(part_of), "names": list(names), "part": part}


# linear_backward


def linear_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 3, 5), (3, 2, 2), (1, 2, 3), (3, 4, 1), (2, 1, 4), (1, 1, 2)]  # (B, D, K)
    return [{"dy": rng.normal(size=(B, K)), "x": rng.normal(size=(B, D)), "W": rng.normal(size=(D, K))} for B, D, K in sizes]


def linear_dW_transposed(dy, x, W):
    return dy @ W.T, dy.T @ x, dy.sum(axis=0)


def linear_W_not_transposed(dy, x, W):
    return dy @ W, x.T @ dy, dy.sum(axis=0)


def linear_db_not_summed(dy, x, W):
    return dy @ W.T, x.T @ dy, dy


def linear_db_mean(dy, x, W):
    return dy @ W.T, x.T @ dy, dy.mean(axis=0)


def linear_db_wrong_axis(dy, x, W):
    return dy @ W.T, x.T @ dy, dy.sum(axis=1)


def linear_averaged(dy, x, W):
    return dy @ W.T, x.T @ dy / len(x), dy.mean(axis=0)


def linear_swapped(dy, x, W):
    return x.T @ dy, dy @ W.T, dy.sum(axis=0)


LINEAR_BACKWARD = Exercise(
    name="linear_backward",
    chapter="bptt",
    section="sec-one-step-back",
    cases=linear_cases,
    axes=LINEAR,
    behaviours=[
        Behaviour("dx", "sends dy back to the input through W", 1, looking_at("dx", LINEAR)),
        Behaviour("dW", "gives W the sum over the batch of input times delta", 1, looking_at("dW", LINEAR)),
        Behaviour("db", "gives b the sum of the deltas over the batch", 1, looking_at("db", LINEAR)),
        Behaviour("inputs", "gives all three and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("dW_transposed", "dW is transposed; its shape has to be that of W.", linear_dW_transposed),
        Misconception("W_not_transposed", "dy meets W itself; on the way back it is W transposed.", linear_W_not_transposed),
        Misconception(
            "db_not_summed", "db still has a row for each sequence; one bias serves them all.", linear_db_not_summed
        ),
        Misconception(
            "db_mean", "db is averaged over the batch; a loss of the whole batch asks for the sum.", linear_db_mean
        ),
        Misconception(
            "db_wrong_axis", "db is summed over the outputs; the axis to sum over is the batch.", linear_db_wrong_axis
        ),
        Misconception(
            "averaged", "dW and db are averaged over the batch; a loss of the whole batch asks for the sum.", linear_averaged
        ),
        Misconception("swapped", "dx and dW are returned in each other's place.", linear_swapped),
    ],
)


# tanh_backward


def tanh_cases(rng: np.random.Generator) -> list[Case]:
    shapes = [(4, 3, 5), (2, 6), (1, 3), (4, 1), (5,)]
    return [{"dh": rng.normal(size=shape), "h": np.tanh(rng.normal(size=shape))} for shape in shapes]


def tanh_at_input(dh, h):
    return dh * (1 - np.tanh(h) ** 2)


def tanh_no_square(dh, h):
    return dh * (1 - h)


def tanh_derivative_alone(dh, h):
    return 1 - h**2


def tanh_sigmoid(dh, h):
    return dh * h * (1 - h)


def tanh_plus(dh, h):
    return dh * (1 + h**2)


def tanh_passed_on(dh, h):
    return dh + 0 * h


TANH_BACKWARD = Exercise(
    name="tanh_backward",
    chapter="bptt",
    section="sec-one-step-back",
    cases=tanh_cases,
    axes="",
    behaviours=[
        Behaviour("middle", "lets the gradient through unchanged where h is 0", 1, lambda c: zeroed(c, "h")),
        Behaviour("any", "multiplies dh by the derivative at any output", 1),
        Behaviour("inputs", "gives that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "at_input",
            "tanh is taken once more of h; h is the output already, and its square is all you need.",
            tanh_at_input,
        ),
        Misconception("no_square", "h is not squared.", tanh_no_square),
        Misconception(
            "derivative_alone", "this is the derivative alone; it has to be multiplied by dh.", tanh_derivative_alone
        ),
        Misconception("sigmoid", "this is the derivative of the sigmoid.", tanh_sigmoid),
        Misconception("plus", "the square is added to 1; it has to be taken off.", tanh_plus),
        Misconception("passed_on", "the gradient is passed on unchanged; the tanh flattens it.", tanh_passed_on),
    ],
)


# relu_backward


def relu_cases(rng: np.random.Generator) -> list[Case]:
    """Inputs of both signs, the first positive and the last but one exactly zero where there is room."""
    cases = []
    for shape in [(4, 3, 5), (2, 6), (1, 3), (4, 1), (5,)]:
        a = rng.normal(size=shape)
        a.flat[0], a.flat[-2], a.flat[-1] = 0.7, 0.0, -0.4
        cases.append({"dout": rng.normal(size=shape), "a": a})
    return cases


def without_zeros(case: Case) -> Case:
    return case | {"a": np.where(case["a"] == 0, -1.1, case["a"])}


def relu_open_at_zero(dout, a):
    return dout * (a >= 0)


def relu_of_gradient(dout, a):
    return np.maximum(dout, 0)


def relu_both(dout, a):
    return dout * (a > 0) * (dout > 0)


def relu_times_a(dout, a):
    return dout * np.maximum(a, 0)


def relu_derivative_alone(dout, a):
    return (a > 0).astype(float)


def relu_sign(dout, a):
    return dout * np.sign(a)


RELU_BACKWARD = Exercise(
    name="relu_backward",
    chapter="bptt",
    section="sec-one-step-back",
    cases=relu_cases,
    axes="",
    behaviours=[
        Behaviour(
            "signs", "lets the gradient through where a is positive and stops it where a is negative", 1, without_zeros
        ),
        Behaviour("zero", "stops it where a is exactly 0, too", 1),
        Behaviour("inputs", "gives that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "open_at_zero", "the gradient gets through where a is 0; there we take the derivative 0.", relu_open_at_zero
        ),
        Misconception(
            "of_gradient", "the ReLU is applied to the gradient; what counts is the sign of its input a.", relu_of_gradient
        ),
        Misconception(
            "both", "negative gradients are stopped as well; a gradient may have any sign, only a decides.", relu_both
        ),
        Misconception("times_a", "the gradient is multiplied by the ReLU's output, not by its derivative.", relu_times_a),
        Misconception(
            "derivative_alone", "this is the derivative alone; it has to be multiplied by dout.", relu_derivative_alone
        ),
        Misconception("sign", "the gradient's sign is turned where a is negative; it has to be stopped there.", relu_sign),
    ],
)


# rnn_step_backward


def step_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 3, 5), (3, 2, 2), (1, 2, 3), (3, 4, 1), (2, 1, 4), (1, 1, 2)]  # (B, D, H)
    return [
        {
            "dh_t": rng.normal(size=(B, H)),
            "x_t": rng.normal(size=(B, D)),
            "h_prev": np.tanh(rng.normal(size=(B, H))),
            "h_t": np.tanh(rng.normal(size=(B, H))),
            "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
        }
        for B, D, H in sizes
    ]


def _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, slope=None, state=None, W_back=None):
    da = dh_t * (1 - h_t**2 if slope is None else slope)
    state = h_prev if state is None else state
    return da @ W_xh.T, da @ (W_hh.T if W_back is None else W_back), x_t.T @ da, state.T @ da, da.sum(axis=0)


def step_tanh_at_input(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, slope=1 - np.tanh(h_t) ** 2)


def step_tanh_of_h_prev(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, slope=1 - h_prev**2)


def step_no_tanh(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, slope=1.0)


def step_W_hh_not_transposed(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, W_back=W_hh)


def step_h_t_for_h_prev(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh, state=h_t)


def step_dW_hh_transposed(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t, dh_prev, dW_xh, dW_hh, db_h = _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)
    return dx_t, dh_prev, dW_xh, dW_hh.T, db_h


def step_db_not_summed(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return (*_step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)[:4], dh_t * (1 - h_t**2))


def step_averaged(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t, dh_prev, *parameters = _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)
    return (dx_t, dh_prev, *(p / len(x_t) for p in parameters))


def step_db_no_tanh(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    return (*_step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)[:4], dh_t.sum(axis=0))


def step_only_dW_xh(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    _, _, dW_xh, _, _ = _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)
    dx_t, dh_prev, _, dW_hh, db_h = step_no_tanh(dh_t, x_t, h_prev, h_t, W_xh, W_hh)
    return dx_t, dh_prev, dW_xh, dW_hh, db_h


def step_order(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    dx_t, dh_prev, dW_xh, dW_hh, db_h = _step(dh_t, x_t, h_prev, h_t, W_xh, W_hh)
    return dh_prev, dx_t, dW_hh, dW_xh, db_h


RNN_STEP_BACKWARD = Exercise(
    name="rnn_step_backward",
    chapter="bptt",
    section="sec-one-step-back",
    cases=step_cases,
    axes=STEP,
    behaviours=[
        Behaviour(
            "tanh",
            "goes back through the tanh first, and sums over the batch for db_h",
            2,
            looking_at("db_h", STEP),
        ),
        Behaviour("dx_t", "sends the delta to the input through W_xh", 1, looking_at("dx_t", STEP)),
        Behaviour("dh_prev", "sends it to the state before through W_hh", 1, looking_at("dh_prev", STEP)),
        Behaviour("dW_xh", "gives W_xh input times delta", 1, looking_at("dW_xh", STEP)),
        Behaviour("dW_hh", "gives W_hh the state before the step times delta", 1, looking_at("dW_hh", STEP)),
        Behaviour("inputs", "gives all five and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("tanh_at_input", "tanh is taken once more of h_t, which is the output already.", step_tanh_at_input),
        Misconception(
            "tanh_of_h_prev", "the slope of the tanh is taken from h_prev; its output is h_t.", step_tanh_of_h_prev
        ),
        Misconception("no_tanh", "the slope of the tanh is missing: dh_t is used as if the step were linear.", step_no_tanh),
        Misconception(
            "W_hh_not_transposed",
            "the delta goes back through W_hh itself; it is W_hh transposed.",
            step_W_hh_not_transposed,
        ),
        Misconception(
            "h_t_for_h_prev",
            "dW_hh is made from h_t; W_hh was multiplied by the state before the step.",
            step_h_t_for_h_prev,
        ),
        Misconception(
            "dW_hh_transposed", "dW_hh is transposed: it is state times delta, not the reverse.", step_dW_hh_transposed
        ),
        Misconception("db_not_summed", "db_h still has a row for each sequence.", step_db_not_summed),
        Misconception("averaged", "the parameters' gradients are averaged over the batch; they are sums.", step_averaged),
        Misconception(
            "only_dW_xh", "only dW_xh has gone through the tanh; all five need the delta behind it.", step_only_dW_xh
        ),
        Misconception("db_no_tanh", "db_h is made from dh_t; it needs the delta behind the tanh, too.", step_db_no_tanh),
        Misconception("order", "input and state are in each other's place among the results.", step_order),
    ],
)


# copy_gradients


def time_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4), (1, 4, 3, 2), (4, 1, 2, 3), (2, 3, 1, 1)]  # (B, T, D, H)
    return [
        {
            "dh": rng.normal(size=(B, T, H)),
            "x": rng.normal(size=(B, T, D)),
            "h_0": np.tanh(rng.normal(size=(B, H))),
            "h": np.tanh(rng.normal(size=(B, T, H))),
        }
        for B, T, D, H in sizes
    ]


def copy_cases(rng: np.random.Generator) -> list[Case]:
    return [case | {"step_backward": stand_in(wave_step_backward)} for case in time_cases(rng)]


def first_step(case: Case) -> Case:
    """Only the first step."""
    return case | {name: case[name][:, :1] for name in ("dh", "x", "h")}


def last_loss(case: Case) -> Case | None:
    """Several steps of which only the last has a loss."""
    if case["x"].shape[1] == 1:
        return None
    dh = np.zeros_like(case["dh"])
    dh[:, -1] = case["dh"][:, -1]
    return case | {"dh": dh}


def added_up(case: Case) -> Case:
    return case | {"around": stand_in(summed_over_time)}


def _deltas(dh, x, h_0, h, step_backward, order=None, own=True, flow=True, before=None):
    """Walk through time, with one thing or another done wrong; the copies in the order of the walk."""
    T, from_next, copies = x.shape[1], np.zeros_like(h_0), []
    for t in order or reversed(range(T)):
        h_prev = (h[:, t - 1] if t > 0 else h_0) if before is None else before(t)
        delta = dh[:, t] * (own or t == T - 1) + from_next * flow
        from_next, copy = step_backward(delta, x[:, t], h_prev, h[:, t])
        copies.append(copy)
    return copies


def _stacked(copies):
    return {name: np.stack([copy[name] for copy in copies]) for name in copies[0]}


def copies_own_forgotten(dh, x, h_0, h, step_backward):
    return _stacked(_deltas(dh, x, h_0, h, step_backward, own=False)[::-1])


def copies_next_forgotten(dh, x, h_0, h, step_backward):
    return _stacked(_deltas(dh, x, h_0, h, step_backward, flow=False)[::-1])


def doubled_at_the_end(dh):
    """The gradients with the last step's own loss counted twice."""
    return np.concatenate([dh[:, :-1], 2 * dh[:, -1:]], axis=1)


def copies_last_loss_twice(dh, x, h_0, h, step_backward):
    return _stacked(_deltas(doubled_at_the_end(dh), x, h_0, h, step_backward)[::-1])


def copies_forwards(dh, x, h_0, h, step_backward):
    return _stacked(_deltas(dh, x, h_0, h, step_backward, order=range(x.shape[1])))


def copies_not_turned(dh, x, h_0, h, step_backward):
    return _stacked(_deltas(dh, x, h_0, h, step_backward))


def copies_h_t_for_h_prev(dh, x, h_0, h, step_backward):
    return _stacked(_deltas(dh, x, h_0, h, step_backward, before=lambda t: h[:, t])[::-1])


def copies_zero_state(dh, x, h_0, h, step_backward):
    return _stacked(_deltas(dh, x, np.zeros_like(h_0), h, step_backward)[::-1])


def copies_wraps_around(dh, x, h_0, h, step_backward):
    return _stacked(_deltas(dh, x, h_0, h, step_backward, before=lambda t: h[:, t - 1])[::-1])


def copies_added_up(dh, x, h_0, h, step_backward):
    stacked = _stacked(_deltas(dh, x, h_0, h, step_backward)[::-1])
    return {name: copies.sum(axis=0) for name, copies in stacked.items()}


def copies_running_total(dh, x, h_0, h, step_backward):
    stacked = _stacked(_deltas(dh, x, h_0, h, step_backward))
    return {name: copies.cumsum(axis=0)[::-1] for name, copies in stacked.items()}


def copies_flow_kept(dh, x, h_0, h, step_backward):
    from_next, copies = np.zeros_like(h_0), []
    for t in reversed(range(x.shape[1])):
        more, copy = step_backward(dh[:, t] + from_next, x[:, t], h[:, t - 1] if t > 0 else h_0, h[:, t])
        from_next = from_next + more
        copies.append(copy)
    return _stacked(copies[::-1])


COPY_GRADIENTS = Exercise(
    name="copy_gradients",
    chapter="bptt",
    section="sec-copies",
    cases=copy_cases,
    axes={"U": "tRK", "V": "tRK", "c": "tH"},
    behaviours=[
        Behaviour("sum", "gives copies whose gradients add up to the total gradient", 2, added_up),
        Behaviour("one", "gives the one copy of a single step, which starts from h_0", 1, first_step),
        Behaviour("last_loss", "sends the loss of the last step back to the copies of all steps", 2, last_loss),
        Behaviour("all_losses", "adds each step's own loss to what comes back from the next step", 2),
        Behaviour("inputs", "gives that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "own_forgotten",
            "only the last step's loss is used; every step's own loss has to be added.",
            copies_own_forgotten,
        ),
        Misconception(
            "next_forgotten",
            "what comes back from the next step is forgotten: each loss stays at its own step.",
            copies_next_forgotten,
        ),
        Misconception(
            "last_loss_twice",
            "the last step's own loss counts twice: once to begin with and once in the loop.",
            copies_last_loss_twice,
        ),
        Misconception("forwards", "the walk goes forwards in time; the last step has to come first.", copies_forwards),
        Misconception(
            "not_turned",
            "the copies stand in the order of the walk, last step first; wanted is the order of time.",
            copies_not_turned,
        ),
        Misconception(
            "h_t_for_h_prev", "the step is handed h_t in the place of the state before it.", copies_h_t_for_h_prev
        ),
        Misconception("zero_state", "zeros stand in the place of h_0 at the first step.", copies_zero_state),
        Misconception(
            "wraps_around",
            "at the first step h[:, t - 1] is the last state, since index -1 counts from the end; it is h_0.",
            copies_wraps_around,
        ),
        Misconception(
            "added_up", "the gradients of the copies are added up already; wanted is one for each step.", copies_added_up
        ),
        Misconception(
            "running_total", "each entry holds the sum of its own and of all later copies' gradients.", copies_running_total
        ),
        Misconception(
            "flow_kept",
            "what comes back is added to what came back before; each step passes on its own result alone.",
            copies_flow_kept,
        ),
    ],
)


# rnn_backward


def backward_cases(rng: np.random.Generator) -> list[Case]:
    return [
        case
        | {
            "W_xh": rng.normal(size=(case["x"].shape[2], case["h"].shape[2])) / np.sqrt(case["x"].shape[2]),
            "W_hh": rng.normal(size=(case["h"].shape[2], case["h"].shape[2])) / np.sqrt(case["h"].shape[2]),
        }
        for case in time_cases(rng)
    ]


def no_flow(case: Case) -> Case:
    """No gradient flows from step to step."""
    return zeroed(case, "W_hh")


def _backward(dh, x, h_0, h, W_xh, W_hh, **wrong):
    """Backpropagation through time with one thing or another done wrong.

    order: of the steps; own, flow: whether the step's own loss and the next step's delta count; before: the
    state before a step; slope: of the tanh; W_back: what deltas go back through; add: names of what is added
    """
    T, from_next = x.shape[1], np.zeros_like(h_0)
    add = wrong.get("add", ("dW_xh", "dW_hh", "db_h"))
    before = wrong.get("before", lambda t: h[:, t - 1] if t > 0 else h_0)
    slope = wrong.get("slope", lambda h_t: 1 - h_t**2)
    W_back = wrong.get("W_back", W_hh.T)
    total, dx, da = dict.fromkeys(("dW_xh", "dW_hh", "db_h"), 0.0), np.zeros_like(x), 0.0
    for t in wrong.get("order", list(reversed(range(T)))):
        own = wrong.get("own", True) or t == T - 1
        da = (dh[:, t] * own + from_next * wrong.get("flow", True)) * slope(h[:, t])
        step = {"dW_xh": x[:, t].T @ da, "dW_hh": before(t).T @ da, "db_h": da.sum(axis=0)}
        total = {name: total[name] * (name in add) + gradient for name, gradient in step.items()}
        dx[:, t] = da @ W_xh.T
        from_next = da @ W_back
    return dx, (da if wrong.get("early") else from_next), *total.values()


def backward_overwritten(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, add=())


def backward_only_dW_xh(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, add=("dW_xh",))


def backward_dW_xh_overwritten(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, add=("dW_hh", "db_h"))


def backward_dW_hh_overwritten(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, add=("dW_xh", "db_h"))


def backward_db_h_overwritten(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, add=("dW_xh", "dW_hh"))


def backward_last_loss_twice(dh, x, h_0, h, W_xh, W_hh):
    return _backward(doubled_at_the_end(dh), x, h_0, h, W_xh, W_hh)


def backward_next_forgotten(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, flow=False)


def backward_own_forgotten(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, own=False)


def backward_h_t_for_h_prev(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, before=lambda t: h[:, t])


def backward_W_hh_not_transposed(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, W_back=W_hh)


def backward_tanh_at_input(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, slope=lambda h_t: 1 - np.tanh(h_t) ** 2)


def backward_no_tanh(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, slope=lambda h_t: 1.0)


def backward_dh_0_early(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, early=True)


def backward_divided_by_T(dh, x, h_0, h, W_xh, W_hh):
    dx, dh_0, *totals = _backward(dh, x, h_0, h, W_xh, W_hh)
    return (dx, dh_0, *(total / x.shape[1] for total in totals))


def backward_divided_by_B(dh, x, h_0, h, W_xh, W_hh):
    dx, dh_0, *totals = _backward(dh, x, h_0, h, W_xh, W_hh)
    return (dx, dh_0, *(total / len(x) for total in totals))


def backward_forwards(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, order=list(range(x.shape[1])))


def backward_wraps_around(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, h_0, h, W_xh, W_hh, before=lambda t: h[:, t - 1])


def backward_zero_state(dh, x, h_0, h, W_xh, W_hh):
    return _backward(dh, x, np.zeros_like(h_0), h, W_xh, W_hh)


def backward_dx_not_turned(dh, x, h_0, h, W_xh, W_hh):
    dx, *others = _backward(dh, x, h_0, h, W_xh, W_hh)
    return (dx[:, ::-1], *others)


RNN_BACKWARD = Exercise(
    name="rnn_backward",
    chapter="bptt",
    section="sec-tie-the-copies",
    cases=backward_cases,
    axes={"dx": "BtD", "dh_0": "BH", "dW_xh": "RK", "dW_hh": "RK", "db_h": "H"},
    behaviours=[
        Behaviour("one", "is right for a single step", 1, first_step),
        Behaviour("own", "gives each step its own loss, where nothing flows between steps", 2, no_flow),
        Behaviour("last_loss", "sends the loss of the last step back through all steps to h_0", 2, last_loss),
        Behaviour("all", "adds up the copies' gradients and both parts of every delta", 3),
        Behaviour("inputs", "gives that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "overwritten",
            "each step overwrites dW_xh, dW_hh and db_h instead of adding to them; only the first step's copy is left.",
            backward_overwritten,
        ),
        Misconception(
            "only_dW_xh", "dW_xh is added up, but dW_hh and db_h are overwritten at each step.", backward_only_dW_xh
        ),
        Misconception(
            "next_forgotten",
            "what comes back from the next step is forgotten: each loss stays at its own step.",
            backward_next_forgotten,
        ),
        Misconception(
            "own_forgotten",
            "only the last step's loss is used; every step's own loss has to be added.",
            backward_own_forgotten,
        ),
        Misconception(
            "h_t_for_h_prev",
            "dW_hh is made from h_t; W_hh was multiplied by the state before the step.",
            backward_h_t_for_h_prev,
        ),
        Misconception(
            "W_hh_not_transposed", "deltas go back through W_hh itself; it is W_hh transposed.", backward_W_hh_not_transposed
        ),
        Misconception("tanh_at_input", "tanh is taken once more of h, which is the output already.", backward_tanh_at_input),
        Misconception("no_tanh", "the slope of the tanh is missing.", backward_no_tanh),
        Misconception(
            "dh_0_early", "dh_0 is the delta of the first step before it went back through W_hh.", backward_dh_0_early
        ),
        Misconception(
            "divided_by_T", "the parameters' gradients are averaged over the steps; they are sums.", backward_divided_by_T
        ),
        Misconception(
            "divided_by_B", "the parameters' gradients are averaged over the batch; they are sums.", backward_divided_by_B
        ),
        Misconception(
            "dW_xh_overwritten",
            "dW_xh is overwritten at each step; dW_hh and db_h are added up.",
            backward_dW_xh_overwritten,
        ),
        Misconception(
            "dW_hh_overwritten",
            "dW_hh is overwritten at each step; dW_xh and db_h are added up.",
            backward_dW_hh_overwritten,
        ),
        Misconception(
            "db_h_overwritten", "db_h is overwritten at each step; dW_xh and dW_hh are added up.", backward_db_h_overwritten
        ),
        Misconception(
            "last_loss_twice",
            "the last step's own loss counts twice: once to begin with and once in the loop.",
            backward_last_loss_twice,
        ),
        Misconception("forwards", "the walk goes forwards in time; the last step has to come first.", backward_forwards),
        Misconception(
            "wraps_around",
            "at the first step h[:, t - 1] is the last state, since index -1 counts from the end; it is h_0.",
            backward_wraps_around,
        ),
        Misconception("zero_state", "zeros stand in the place of h_0 at the first step.", backward_zero_state),
        Misconception(
            "dx_not_turned",
            "dx stands in the order of the walk, last step first; wanted is the order of time.",
            backward_dx_not_turned,
        ),
    ],
)


# truncated_rnn_backward


def truncated_cases(rng: np.random.Generator) -> list[Case]:
    return [case | {"k": max(1, case["x"].shape[1] // 2)} for case in copy_cases(rng)]


def whole_length(case: Case) -> Case:
    """A window as long as the sequence, or longer."""
    T = case["x"].shape[1]
    return case | {"k": T + 3 * (T % 2)}


def one_copy(case: Case) -> Case:
    return case | {"k": 1}


def between(case: Case) -> Case | None:
    """Only where something is cut off and something flows."""
    return dict(case) if 1 < case["k"] < case["x"].shape[1] else None


def _reaching(dh, x, h_0, h, step_backward, reach, losses=None, wraps=False):
    """Totals if the loss at step t reaches back to step ``reach(t)``."""
    total = {}
    for last in range(x.shape[1]) if losses is None else losses:
        delta = dh[:, last]
        for t in range(last, max(reach(last), 0) - 1, -1):
            h_prev = h[:, t - 1] if t > 0 or wraps else h_0
            delta, copy = step_backward(delta, x[:, t], h_prev, h[:, t])
            total = {name: total.get(name, 0) + gradient for name, gradient in copy.items()}
    return total


def truncated_one_more(dh, x, h_0, h, step_backward, k):
    return _reaching(dh, x, h_0, h, step_backward, lambda t: t - k)


def truncated_one_less(dh, x, h_0, h, step_backward, k):
    return _reaching(dh, x, h_0, h, step_backward, lambda t: t - k + 2)


def truncated_not(dh, x, h_0, h, step_backward, k):
    return _reaching(dh, x, h_0, h, step_backward, lambda t: 0)


def truncated_drops_losses(dh, x, h_0, h, step_backward, k):
    T = x.shape[1]
    return _reaching(dh, x, h_0, h, step_backward, lambda t: T - k, losses=range(max(T - k, 0), T))


def truncated_last_loss(dh, x, h_0, h, step_backward, k):
    T = x.shape[1]
    return _reaching(dh, x, h_0, h, step_backward, lambda t: t - k + 1, losses=[T - 1])


def truncated_blocks(dh, x, h_0, h, step_backward, k):
    return _reaching(dh, x, h_0, h, step_backward, lambda t: t - t % k)


def truncated_wraps_around(dh, x, h_0, h, step_backward, k):
    return _reaching(dh, x, h_0, h, step_backward, lambda t: t - k + 1, wraps=True)


TRUNCATED_RNN_BACKWARD = Exercise(
    name="truncated_rnn_backward",
    chapter="bptt",
    section="sec-truncation",
    cases=truncated_cases,
    axes={"U": "RK", "V": "RK", "c": "H"},
    behaviours=[
        Behaviour("whole", "drops nothing if k is the length or more", 1, whole_length),
        Behaviour("one", "keeps each loss at its own step's copy if k is 1", 1, one_copy),
        Behaviour("between", "lets each loss reach exactly k copies, its own among them", 3, between),
        Behaviour("inputs", "gives that and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "one_more", "each loss reaches k + 1 copies; its own step counts as one of the k.", truncated_one_more
        ),
        Misconception(
            "one_less", "each loss reaches k - 1 copies; its own step counts as one of the k.", truncated_one_less
        ),
        Misconception("not_truncated", "nothing is cut off.", truncated_not),
        Misconception(
            "drops_losses",
            "only the losses of the last k steps count; every loss counts, it only does not reach far.",
            truncated_drops_losses,
        ),
        Misconception("last_loss_only", "only the loss of the last step is sent back.", truncated_last_loss),
        Misconception(
            "blocks",
            "the sequence is cut into blocks of k steps, and a loss early in its block reaches fewer than k copies.",
            truncated_blocks,
        ),
        Misconception(
            "wraps_around",
            "at the first step h[:, t - 1] is the last state, since index -1 counts from the end; it is h_0.",
            truncated_wraps_around,
        ),
    ],
)


# numerical_gradient


def numerical_cases(rng: np.random.Generator) -> list[Case]:
    shapes = [(3, 4), (1, 1), (2, 3, 2), (5,), (1, 2)]
    return [{"f": stand_in(bumpy), "W": rng.normal(size=shape), "eps": 0.3} for shape in shapes]


def one_entry(case: Case) -> Case | None:
    return dict(case) if case["W"].size == 1 else None


def matrices(case: Case) -> Case | None:
    return dict(case) if case["W"].ndim == 2 and case["W"].size > 1 else None


def other_shapes(case: Case) -> Case | None:
    return dict(case) if case["W"].ndim != 2 else None


def other_eps(case: Case) -> Case:
    return case | {"eps": 0.8}


def _difference(f, W, move):
    gradient = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[index] = 1.0
        gradient[index] = move(step)
    return gradient


def numerical_one_sided(f, W, eps):
    return _difference(f, W, lambda step: (f(W + eps * step) - f(W)) / eps)


def numerical_not_halved(f, W, eps):
    return _difference(f, W, lambda step: (f(W + eps * step) - f(W - eps * step)) / eps)


def numerical_half_step(f, W, eps):
    return _difference(f, W, lambda step: (f(W + eps / 2 * step) - f(W - eps / 2 * step)) / eps)


def numerical_not_divided(f, W, eps):
    return _difference(f, W, lambda step: f(W + eps * step) - f(W - eps * step))


def numerical_sign(f, W, eps):
    return _difference(f, W, lambda step: (f(W - eps * step) - f(W + eps * step)) / (2 * eps))


def numerical_all_at_once(f, W, eps):
    return np.full(W.shape, (f(W + eps) - f(W - eps)) / (2 * eps))


def numerical_not_restored(f, W, eps):
    gradient = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        W[index] += eps
        above = f(W)
        W[index] -= 2 * eps
        gradient[index] = (above - f(W)) / (2 * eps)
    return gradient


def numerical_own_eps(f, W, eps):
    return _difference(f, W, lambda step: (f(W + 1e-5 * step) - f(W - 1e-5 * step)) / 2e-5)


NUMERICAL_GRADIENT = Exercise(
    name="numerical_gradient",
    chapter="bptt",
    section="sec-numerical",
    cases=numerical_cases,
    axes="",
    behaviours=[
        Behaviour("one", "is right for a single entry", 1, one_entry),
        Behaviour("entries", "moves the entries of a matrix one at a time", 2, matrices),
        Behaviour("shapes", "does so for arrays with one axis or three", 1, other_shapes),
        Behaviour("eps", "moves by the eps it is given", 1, other_eps),
        Behaviour("inputs", "gives that and leaves W as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "one_sided", "the difference is taken on one side only; its error is much larger.", numerical_one_sided
        ),
        Misconception(
            "not_halved", "the two points lie 2 eps apart, so the difference is divided by 2 eps.", numerical_not_halved
        ),
        Misconception("half_step", "each side is moved by eps / 2; wanted is eps to either side.", numerical_half_step),
        Misconception("not_divided", "the difference is not divided by the distance.", numerical_not_divided),
        Misconception("sign", "the difference is taken the wrong way round.", numerical_sign),
        Misconception(
            "all_at_once", "all entries are moved together; each has a derivative of its own.", numerical_all_at_once
        ),
        Misconception(
            "not_restored", "an entry stays moved when the next one's turn comes; put it back first.", numerical_not_restored
        ),
        Misconception("own_eps", "another eps is used than the one that was given.", numerical_own_eps),
    ],
)


ASSIGNMENT = Assignment(
    "bptt",
    [
        LINEAR_BACKWARD,
        TANH_BACKWARD,
        RELU_BACKWARD,
        RNN_STEP_BACKWARD,
        COPY_GRADIENTS,
        RNN_BACKWARD,
        TRUNCATED_RNN_BACKWARD,
        NUMERICAL_GRADIENT,
    ],
)
