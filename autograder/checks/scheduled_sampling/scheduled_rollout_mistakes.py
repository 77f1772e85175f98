"""Wrong implementations of ``scheduled_rollout``."""

from autograder.checks.scheduled_sampling.common import torch


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
