"""Checks of ``truncated_rnn_backward``."""

import numpy as np

from autograder.checks.bptt.common import copy_cases
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


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
