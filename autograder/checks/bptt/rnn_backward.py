"""Checks of ``rnn_backward``."""

import numpy as np

from autograder.checks.bptt.common import doubled_at_the_end, first_step, last_loss, time_cases
from autograder.checks.shared import zeroed
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


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
