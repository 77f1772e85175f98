"""Checks of ``scheduled_rollout``."""

import numpy as np

from autograder.checks.scheduled_sampling import scheduled_rollout_mistakes as wrong
from autograder.checks.scheduled_sampling.common import seen
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import scheduled_sampling as around


def rollout_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 6, 2, 5, 3), (1, 5, 3, 2, 4), (3, 4, 1, 3, 2), (2, 5, 4, 1, 3)]  # (B, T, D, H, V)
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "y_0": rng.normal(size=(B, V)),
            "targets": rng.normal(size=(B, T, V)),
            "h_0": rng.normal(size=(B, H)),
            "W_uh": rng.normal(size=(V, H)) / np.sqrt(V),
            "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
            "W_hy": rng.normal(size=(H, V)) / np.sqrt(H),
            "dscores": rng.normal(size=(B, T, V)),
            "p": 0.5,
        }
        for B, T, D, H, V in sizes
    ]


def first_step(case: Case) -> Case:
    """A single step: nothing is fed back yet."""
    cut = {name: case[name][:, :1] for name in ("x", "targets")}
    return seen(around.outputs, "dscores")(case | cut)


SCHEDULED_ROLLOUT = Exercise(
    name="scheduled_rollout",
    chapter="scheduled_sampling",
    section="sec-scheduled-rollout",
    cases=rollout_cases,
    axes={
        "scores": "BTV",
        "fed": "BTV",
        "dx": "BTD",
        "dh_0": "BH",
        "dW_uh": "VH",
        "dW_xh": "DH",
        "dW_hy": "HV",
        "gradient of fed": "HV",
    },
    behaviours=[
        Behaviour("first", "feeds y_0 to the first step, which starts from h_0", 1, first_step),
        Behaviour(
            "teacher",
            "is teacher forcing if mix takes all true tokens: after y_0 each step is fed the target of the step before",
            2,
            seen(around.outputs, "dscores", p=1.0),
        ),
        Behaviour(
            "free",
            "runs freely if mix takes no true token: each step is fed what was chosen at the step before",
            2,
            seen(around.outputs, "dscores", p=0.0),
        ),
        Behaviour("mixed", "feeds what mix makes of both, step by step", 2, seen(around.outputs, "dscores")),
        Behaviour(
            "gradient", "lets gradients through the states, and none through what is fed back", 4, seen(around.gradients)
        ),
        Behaviour(
            "inputs",
            "gives scores and fed tokens, the latter without a gradient, and leaves its inputs as they were",
            1,
            seen(around.outputs_and_history, "dscores"),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception(
            "leak",
            "a step is fed its own target, the answer that it is to give; it must be the target of the step before.",
            wrong.rollout_leak,
        ),
        Misconception(
            "leak_from_start",
            "every step, the first one too, is fed its own target, the answer that it is to give.",
            wrong.rollout_leak_from_start,
        ),
        Misconception(
            "first_target", "the first step is fed the first target, its answer; it is fed y_0.", wrong.rollout_first_target
        ),
        Misconception("first_zeros", "the first step is fed zeros; it is fed y_0.", wrong.rollout_first_zeros),
        Misconception(
            "two_back",
            "the true token is that of two steps before; the target of the step before is the one to feed.",
            wrong.rollout_two_back,
        ),
        Misconception(
            "two_back_round",
            "the true token has the index t - 1: that of two steps before, and after the first step, where it is -1, the "
            "last one of all; after step t take the target of step t.",
            wrong.rollout_two_back_round,
        ),
        Misconception(
            "state_not_carried",
            "every step starts from h_0; the state must go on from step to step.",
            wrong.rollout_state_not_carried,
        ),
        Misconception(
            "not_detached",
            "a gradient goes through what is fed back; detach the network's own token before it is fed.",
            wrong.rollout_not_detached,
        ),
        Misconception(
            "state_detached",
            "the states are detached, so that no gradient goes back through time; detach only what is fed back.",
            wrong.rollout_state_detached,
        ),
        Misconception(
            "state_detached_before",
            "each step gets a detached state, so that no gradient goes back through time, nor to h_0; detach only what is "
            "fed back.",
            wrong.rollout_state_detached_before,
        ),
        Misconception(
            "no_gradient",
            "the scores have no gradient at all: no_grad or detach cuts off the step itself; cut off only what is fed back.",
            wrong.rollout_no_gradient,
        ),
        Misconception(
            "fed_keeps_gradient",
            "the fed tokens that come back still have a gradient: detach them before they are kept.",
            wrong.rollout_fed_keeps_gradient,
        ),
        Misconception(
            "inputs_detached",
            "no gradient reaches the inputs x: only what is fed back is cut off.",
            wrong.rollout_inputs_detached,
        ),
        Misconception(
            "raw_fed", "the scores themselves are fed back; choose has to make a token of them first.", wrong.rollout_raw_fed
        ),
        Misconception(
            "exchanged",
            "mix gets the network's own token first; its first argument is the true one.",
            wrong.rollout_exchanged,
        ),
        Misconception(
            "two_passes",
            "the network's own tokens come from a run with true tokens; take them from the mixed run itself, step by step.",
            wrong.rollout_two_passes,
        ),
        Misconception("always_true", "the network is always fed true tokens: mix is not used.", wrong.rollout_always_true),
        Misconception("always_own", "the network is always fed its own tokens: mix is not used.", wrong.rollout_always_own),
        Misconception(
            "chosen", "the chosen tokens come back; wanted are the scores they were chosen from.", wrong.rollout_chosen
        ),
        Misconception("time_first", "the axes are (time, batch, token); wanted is batch first.", wrong.rollout_time_first),
        Misconception(
            "fed_shifted",
            "fed is one step ahead: it holds what each step hands on, not what it was fed.",
            wrong.rollout_fed_shifted,
        ),
    ],
)
