"""Checks of ``copy_gradients``."""

import numpy as np

from autograder.checks.bptt.common import copy_cases, doubled_at_the_end, first_step, last_loss
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import stand_in
from unrolled.standins.bptt import summed_over_time


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
