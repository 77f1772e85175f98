"""Checks of ``gradient_norms``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


def norms_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(2, 5, 4), (1, 4, 2), (2, 1, 3), (4, 3, 1)]  # (B, T, H)
    cases: list[Case] = [
        {"dh_T": 2 * rng.normal(size=(B, H)), "jacobians": rng.normal(size=(B, T, H, H)) / np.sqrt(H)} for B, T, H in sizes
    ]
    cases[3]["jacobians"][2, 1] = 0.0  # all units of one sequence are silent once: its gradient is zero before
    return cases


def unchanged(case: Case) -> Case:
    """Every step hands its state on as it is."""
    B, T, H, _ = case["jacobians"].shape
    return case | {"jacobians": np.tile(np.eye(H), (B, T, 1, 1))}


def last_step(case: Case) -> Case:
    return case | {"jacobians": case["jacobians"][:, -1:]}


def _gradients(dh_T, jacobians):
    """The gradients at h_0 ... h_T: (B, T + 1, H)."""
    kept = [dh_T]
    for t in reversed(range(jacobians.shape[1])):
        kept.append((jacobians[:, t] @ kept[-1][..., np.newaxis])[..., 0])
    return np.stack(kept[::-1], axis=1)


def _lengths(gradients):
    return np.sqrt((gradients**2).sum(axis=-1))


def norms_not_transposed(dh_T, jacobians):
    return _lengths(_gradients(dh_T, jacobians.swapaxes(2, 3)))


def norms_lag_order(dh_T, jacobians):
    return _lengths(_gradients(dh_T, jacobians))[:, ::-1]


def norms_first_step_first(dh_T, jacobians):
    return _lengths(_gradients(dh_T, jacobians[:, ::-1]))


def norms_forward(dh_T, jacobians):
    """The walk goes from the first step to the last, and so do the norms."""
    return _lengths(_gradients(dh_T, jacobians[:, ::-1]))[:, ::-1]


def norms_not_chained(dh_T, jacobians):
    alone = np.einsum("bj,btij->bti", dh_T, jacobians)
    return _lengths(np.concatenate([alone, dh_T[:, np.newaxis]], axis=1))


def norms_over_batch(dh_T, jacobians):
    return np.sqrt((_gradients(dh_T, jacobians) ** 2).sum(axis=(0, 2)))


def norms_batch_mean(dh_T, jacobians):
    return _lengths(_gradients(dh_T, jacobians)).mean(axis=0)


def norms_squared(dh_T, jacobians):
    return (_gradients(dh_T, jacobians) ** 2).sum(axis=-1)


def norms_absolute_sum(dh_T, jacobians):
    return np.abs(_gradients(dh_T, jacobians)).sum(axis=-1)


def norms_largest_entry(dh_T, jacobians):
    return np.abs(_gradients(dh_T, jacobians)).max(axis=-1)


def norms_root_mean_square(dh_T, jacobians):
    return np.sqrt((_gradients(dh_T, jacobians) ** 2).mean(axis=-1))


def norms_not_a_number(dh_T, jacobians):
    """Directions of length 1 are sent back, and their norms multiplied up."""
    norms = [_lengths(dh_T)]
    direction = dh_T / norms[0][:, np.newaxis]
    with np.errstate(invalid="ignore"):
        for t in reversed(range(jacobians.shape[1])):
            direction = (jacobians[:, t] @ direction[..., np.newaxis])[..., 0]
            size = _lengths(direction)
            direction = direction / size[:, np.newaxis]
            norms.append(norms[-1] * size)
    return np.stack(norms[::-1], axis=1)


def norms_last_missing(dh_T, jacobians):
    return _lengths(_gradients(dh_T, jacobians))[:, :-1]


def norms_first_missing(dh_T, jacobians):
    return _lengths(_gradients(dh_T, jacobians))[:, 1:]


def norms_time_first(dh_T, jacobians):
    return _lengths(_gradients(dh_T, jacobians)).T


def norms_bound(dh_T, jacobians):
    factors = np.linalg.norm(jacobians, ord=2, axis=(2, 3))
    return np.cumprod(np.concatenate([_lengths(dh_T)[:, np.newaxis], factors[:, ::-1]], axis=1), axis=1)[:, ::-1]


def norms_relative(dh_T, jacobians):
    norms = _lengths(_gradients(dh_T, jacobians))
    return norms / norms[:, -1:]


def norms_no_norm(dh_T, jacobians):
    return _gradients(dh_T, jacobians)


GRADIENT_NORMS = Exercise(
    name="gradient_norms",
    chapter="gradient_flow",
    section="sec-product",
    cases=norms_cases,
    axes="Bs",
    behaviours=[
        Behaviour("arriving", "gives the norm of dh_T, for each sequence, where no step changes anything", 1, unchanged),
        Behaviour("one", "multiplies dh_T by the transpose of the last Jacobian, over one step", 2, last_step),
        Behaviour("all", "goes on from the last step to the first, with the norms in the order of time", 4),
        Behaviour("inputs", "gives all norms and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "not_transposed", "the row is multiplied by J itself; on the way back it is J transposed.", norms_not_transposed
        ),
        Misconception("lag_order", "the norms are in the order of lag; wanted is h_0 first, h_T last.", norms_lag_order),
        Misconception(
            "first_step_first",
            "the Jacobians are taken from the first step on; on the way back the last step comes first.",
            norms_first_step_first,
        ),
        Misconception(
            "forward",
            "the gradient is sent forwards, from h_0 on; it starts at h_T and goes back.",
            norms_forward,
        ),
        Misconception(
            "not_chained",
            "every step multiplies dh_T anew; it should multiply what the step after it handed back.",
            norms_not_chained,
        ),
        Misconception("over_batch", "one norm is taken over the whole batch; each sequence has its own.", norms_over_batch),
        Misconception("batch_mean", "the norms are averaged over the batch; each sequence has its own.", norms_batch_mean),
        Misconception("squared", "the squares are summed and the root is missing.", norms_squared),
        Misconception(
            "absolute_sum", "absolute values are added up; the norm is the root of the squares.", norms_absolute_sum
        ),
        Misconception(
            "largest_entry", "the largest entry is taken; the norm is the root of the sum of squares.", norms_largest_entry
        ),
        Misconception(
            "root_mean_square", "the squares are averaged over the units; the norm adds them up.", norms_root_mean_square
        ),
        Misconception(
            "not_a_number",
            "a gradient that has become zero is divided by its norm, which gives NaN; its norm is 0.",
            norms_not_a_number,
        ),
        Misconception("last_missing", "h_T is missing: its gradient is dh_T, and its norm comes last.", norms_last_missing),
        Misconception("first_missing", "h_0 is missing: the first step hands a gradient to it, too.", norms_first_missing),
        Misconception("time_first", "the axes are (time, batch); wanted is batch first.", norms_time_first),
        Misconception(
            "bound",
            "the norms of the matrices are multiplied; that is only the most that the gradient can be.",
            norms_bound,
        ),
        Misconception("relative", "the norms are divided by that of dh_T; wanted are the norms themselves.", norms_relative),
        Misconception("no_norm", "these are the gradients; wanted is one number for each, its norm.", norms_no_norm),
    ],
)
