"""Checks of ``scheduled_rollout``."""

import numpy as np

from autograder.checks.scheduled_sampling.common import seen, torch
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


def _rollout(
    x,
    y_0,
    targets,
    h_0,
    step,
    choose,
    mix,
    own=lambda own: own.detach(),
    carry=lambda h: h,
    true=lambda targets, t: targets[:, t],
):
    """The rollout with parts to exchange: what is kept of own tokens and states, and the true token after step t."""
    scores, fed, h = [], [y_0], h_0
    for t in range(x.shape[1]):
        scores_t, h = step(fed[t], x[:, t], h)
        h = carry(h)
        scores.append(scores_t)
        fed.append(mix(true(targets, t), own(choose(scores_t))))
    return torch.stack(scores, dim=1), torch.stack(fed[:-1], dim=1)


def rollout_leak(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, y_0, targets, h_0, step, choose, mix, true=lambda y, t: y[:, min(t + 1, y.shape[1] - 1)])


def rollout_leak_from_start(x, y_0, targets, h_0, step, choose, mix):
    return rollout_leak(x, targets[:, 0], targets, h_0, step, choose, mix)


def rollout_first_target(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, targets[:, 0], targets, h_0, step, choose, mix)


def rollout_first_zeros(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, torch.zeros_like(y_0), targets, h_0, step, choose, mix)


def rollout_two_back(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, y_0, targets, h_0, step, choose, mix, true=lambda y, t: y[:, t - 1] if t else y_0)


def rollout_two_back_round(x, y_0, targets, h_0, step, choose, mix):
    """With an index of -1 after the first step."""
    return _rollout(x, y_0, targets, h_0, step, choose, mix, true=lambda y, t: y[:, t - 1])


def rollout_state_not_carried(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, y_0, targets, h_0, step, choose, mix, carry=lambda h: h_0)


def rollout_not_detached(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, y_0, targets, h_0, step, choose, mix, own=lambda own: own)


def rollout_state_detached(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, y_0, targets, h_0, step, choose, mix, carry=lambda h: h.detach())


def rollout_state_detached_before(x, y_0, targets, h_0, step, choose, mix):
    def reads(u_t, x_t, h_prev):
        return step(u_t, x_t, h_prev.detach())

    return _rollout(x, y_0, targets, h_0, reads, choose, mix)


def rollout_no_gradient(x, y_0, targets, h_0, step, choose, mix):
    with torch.no_grad():
        return _rollout(x, y_0, targets, h_0, step, choose, mix)


def rollout_fed_keeps_gradient(x, y_0, targets, h_0, step, choose, mix):
    """Each step reads a detached token; what is recorded is not detached."""

    def reads(u_t, x_t, h_prev):
        return step(u_t.detach(), x_t, h_prev)

    return _rollout(x, y_0, targets, h_0, reads, choose, mix, own=lambda own: own)


def rollout_inputs_detached(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x.detach(), y_0, targets, h_0, step, choose, mix)


def rollout_raw_fed(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, y_0, targets, h_0, step, lambda scores_t: scores_t, mix)


def rollout_exchanged(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, y_0, targets, h_0, step, choose, lambda y_true, y_own: mix(y_own, y_true))


def rollout_two_passes(x, y_0, targets, h_0, step, choose, mix):
    scores, _ = rollout_always_true(x, y_0, targets, h_0, step, choose, mix)
    own = choose(scores).detach()
    mixed = [y_0, *(mix(targets[:, t], own[:, t]) for t in range(x.shape[1] - 1))]
    return _fed_with(x, h_0, step, mixed)


def rollout_always_true(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, y_0, targets, h_0, step, choose, lambda y_true, y_own: y_true)


def rollout_always_own(x, y_0, targets, h_0, step, choose, mix):
    return _rollout(x, y_0, targets, h_0, step, choose, lambda y_true, y_own: y_own)


def rollout_chosen(x, y_0, targets, h_0, step, choose, mix):
    scores, fed = _rollout(x, y_0, targets, h_0, step, choose, mix)
    return choose(scores), fed


def rollout_time_first(x, y_0, targets, h_0, step, choose, mix):
    scores, fed = _rollout(x, y_0, targets, h_0, step, choose, mix)
    return scores.swapaxes(0, 1), fed.swapaxes(0, 1)


def rollout_fed_shifted(x, y_0, targets, h_0, step, choose, mix):
    scores, fed = _rollout(x, y_0, targets, h_0, step, choose, mix)
    after = mix(targets[:, -1], choose(scores[:, -1]).detach())
    return scores, torch.cat([fed[:, 1:], after[:, None]], dim=1)


def _fed_with(x, h, step, fed):
    scores = []
    for t, u_t in enumerate(fed):
        scores_t, h = step(u_t, x[:, t], h)
        scores.append(scores_t)
    return torch.stack(scores, dim=1), torch.stack(fed, dim=1)


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
            rollout_leak,
        ),
        Misconception(
            "leak_from_start",
            "every step, the first one too, is fed its own target, the answer that it is to give.",
            rollout_leak_from_start,
        ),
        Misconception(
            "first_target", "the first step is fed the first target, its answer; it is fed y_0.", rollout_first_target
        ),
        Misconception("first_zeros", "the first step is fed zeros; it is fed y_0.", rollout_first_zeros),
        Misconception(
            "two_back",
            "the true token is that of two steps before; the target of the step before is the one to feed.",
            rollout_two_back,
        ),
        Misconception(
            "two_back_round",
            "the true token has the index t - 1: that of two steps before, and after the first step, where it is -1, the "
            "last one of all; after step t take the target of step t.",
            rollout_two_back_round,
        ),
        Misconception(
            "state_not_carried",
            "every step starts from h_0; the state must go on from step to step.",
            rollout_state_not_carried,
        ),
        Misconception(
            "not_detached",
            "a gradient goes through what is fed back; detach the network's own token before it is fed.",
            rollout_not_detached,
        ),
        Misconception(
            "state_detached",
            "the states are detached, so that no gradient goes back through time; detach only what is fed back.",
            rollout_state_detached,
        ),
        Misconception(
            "state_detached_before",
            "each step gets a detached state, so that no gradient goes back through time, nor to h_0; detach only what is "
            "fed back.",
            rollout_state_detached_before,
        ),
        Misconception(
            "no_gradient",
            "the scores have no gradient at all: no_grad or detach cuts off the step itself; cut off only what is fed back.",
            rollout_no_gradient,
        ),
        Misconception(
            "fed_keeps_gradient",
            "the fed tokens that come back still have a gradient: detach them before they are kept.",
            rollout_fed_keeps_gradient,
        ),
        Misconception(
            "inputs_detached",
            "no gradient reaches the inputs x: only what is fed back is cut off.",
            rollout_inputs_detached,
        ),
        Misconception(
            "raw_fed", "the scores themselves are fed back; choose has to make a token of them first.", rollout_raw_fed
        ),
        Misconception(
            "exchanged", "mix gets the network's own token first; its first argument is the true one.", rollout_exchanged
        ),
        Misconception(
            "two_passes",
            "the network's own tokens come from a run with true tokens; take them from the mixed run itself, step by step.",
            rollout_two_passes,
        ),
        Misconception("always_true", "the network is always fed true tokens: mix is not used.", rollout_always_true),
        Misconception("always_own", "the network is always fed its own tokens: mix is not used.", rollout_always_own),
        Misconception("chosen", "the chosen tokens come back; wanted are the scores they were chosen from.", rollout_chosen),
        Misconception("time_first", "the axes are (time, batch, token); wanted is batch first.", rollout_time_first),
        Misconception(
            "fed_shifted",
            "fed is one step ahead: it holds what each step hands on, not what it was fed.",
            rollout_fed_shifted,
        ),
    ],
)
