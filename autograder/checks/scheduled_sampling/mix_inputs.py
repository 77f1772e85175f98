"""Checks of ``mix_inputs``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.scheduled_sampling.common import torch
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import scheduled_sampling as around
from unrolled.standins import stand_in

# See tests/solutions/test_scheduled_sampling.py: a right answer misses any of these with probability below 1e-7.
COUNTED, ALIKE = 0.12, 0.17


ZERO_FIRST = 5_528_393  # with this seed the first number of torch.rand is exactly 0


def mix_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 7, 3), (5, 6, 1), (1, 9, 2), (8, 1, 4)]  # (B, T, V)
    return [
        {
            "y_true": rng.normal(size=(B, T, V)),
            "y_own": rng.normal(size=(B, T, V)),
            "p": float(p),
            "seed": int(rng.integers(2**31)),
        }
        for (B, T, V), p in zip(sizes, (*rng.uniform(0.28, 0.33, size=2), *rng.uniform(0.67, 0.72, size=2)), strict=True)
    ]


def one_step(case: Case) -> Case:
    """Tokens of a single step."""
    return case | {"y_true": case["y_true"][:, 0], "y_own": case["y_own"][:, 0]}


def all_true(case: Case) -> Case | None:
    return _exactly(case, 1.0)


def all_own(case: Case) -> Case | None:
    return _exactly(case, 0.0)


def _exactly(case: Case, p: float) -> Case:
    """With nothing left to chance; half of the cases are a single step."""
    chosen = one_step(case) if case["y_true"].shape[0] > 4 else case
    return chosen | {"p": p, "seed": ZERO_FIRST, "around": stand_in(around.mixed)}


def neither_changes(case: Case) -> Case:
    """All own, so that nothing may be written into the true ones, or all true, and the other way round."""
    return case | {"p": float(case["p"] > 0.5), "around": stand_in(around.mixed)}


def without_steps(case: Case) -> Case | None:
    """A small p, and tokens that come one in each call, or many of a single step."""
    varied = same_everywhere(around.without_steps)(case)
    return varied if case["p"] < 0.5 else None


def same_everywhere(function: Callable) -> Callable[[Case], Case | None]:
    """One true token and one of the network's own, for a large batch; in two of the cases, a small p and a large one."""

    def varied(case: Case) -> Case | None:
        if case["y_true"].shape[2] < 3:
            return None
        tokens = {name: case[name][0, 0, :3] for name in ("y_true", "y_own")}
        return case | tokens | {"around": stand_in(function)}

    return varied


def mix_exchanged(y_true, y_own, p, generator):
    return _chosen(y_true, y_own, torch.rand(y_true.shape[:-1], generator=generator) >= p)


def mix_per_sequence(y_true, y_own, p, generator):
    return _chosen(y_true, y_own, torch.rand((len(y_true), *[1] * (y_true.ndim - 2)), generator=generator) < p)


def mix_per_step(y_true, y_own, p, generator):
    return _chosen(y_true, y_own, torch.rand((1, *y_true.shape[1:-1]), generator=generator) < p)


def mix_per_batch(y_true, y_own, p, generator):
    return _chosen(y_true, y_own, torch.rand([1] * (y_true.ndim - 1), generator=generator) < p)


def mix_per_number(y_true, y_own, p, generator):
    return torch.where(torch.rand(y_true.shape, generator=generator) < p, y_true, y_own)


def mix_averaged(y_true, y_own, p, generator):
    return p * y_true + (1 - p) * y_own


def mix_seeded(y_true, y_own, p, generator):
    return _chosen(y_true, y_own, torch.rand(y_true.shape[:-1], generator=torch.Generator().manual_seed(0)) < p)


def mix_half(y_true, y_own, p, generator):
    return _chosen(y_true, y_own, torch.rand(y_true.shape[:-1], generator=generator) < 0.5)


def mix_normal(y_true, y_own, p, generator):
    return _chosen(y_true, y_own, torch.randn(y_true.shape[:-1], generator=generator) < p)


def mix_other_coins(y_true, y_own, p, generator):
    return _chosen(y_true, y_own, torch.rand(y_true.shape[:-1]) < p)


def mix_exact_share(y_true, y_own, p, generator):
    order = torch.randperm(y_true[..., 0].numel(), generator=generator).reshape(y_true.shape[:-1])
    return _chosen(y_true, y_own, order < round(p * order.numel()))


def mix_zero_counts(y_true, y_own, p, generator):
    return _chosen(y_true, y_own, torch.rand(y_true.shape[:-1], generator=generator) <= p)


def mix_own_in_place(y_true, y_own, p, generator):
    true = torch.rand(y_true.shape[:-1], generator=generator) < p
    y_own[true] = y_true[true]
    return y_own


def mix_step_per_number(y_true, y_own, p, generator):
    return (mix_per_number if y_true.ndim == 2 else _mixed)(y_true, y_own, p, generator)


def mix_step_one_coin(y_true, y_own, p, generator):
    return (mix_per_batch if y_true.ndim == 2 else _mixed)(y_true, y_own, p, generator)


def mix_step_exchanged(y_true, y_own, p, generator):
    return (mix_exchanged if y_true.ndim == 2 and 0 < p < 1 else _mixed)(y_true, y_own, p, generator)


def mix_in_place(y_true, y_own, p, generator):
    own = torch.rand(y_true.shape[:-1], generator=generator) >= p
    y_true[own] = y_own[own]
    return y_true


def _mixed(y_true, y_own, p, generator):
    return _chosen(y_true, y_own, torch.rand(y_true.shape[:-1], generator=generator) < p)


def _chosen(y_true, y_own, true):
    return torch.where(true[..., None], y_true, y_own)


MIX_INPUTS = Exercise(
    name="mix_inputs",
    chapter="scheduled_sampling",
    section="sec-coin",
    cases=mix_cases,
    axes="BTV",
    behaviours=[
        Behaviour("true", "gives the true tokens if p = 1, of many steps or of a single one", 1, all_true),
        Behaviour("own", "gives the network's own tokens if p = 0, of many steps or of a single one", 1, all_own),
        # Frequencies of honest coins, and those of the reference's own: COUNTED is far above their noise, yet far below
        # what a wrong coin changes, and wide enough for a wrong coin to be known again by what it does to them.
        Behaviour(
            "share",
            "gives the true token with probability p, else the whole of the network's own",
            1,
            same_everywhere(around.shares),
            tolerance=COUNTED,
        ),
        Behaviour(
            "alone",
            "leaves a token that comes alone to chance, and each token of a single step, (B, V)",
            1,
            without_steps,
            tolerance=COUNTED,
        ),
        Behaviour(
            "sequences",
            "throws a coin for each sequence of a batch",
            1,
            same_everywhere(around.over_sequences),
            tolerance=COUNTED,
        ),
        Behaviour("steps", "throws a coin for each time step", 1, same_everywhere(around.over_time), tolerance=COUNTED),
        Behaviour(
            "fresh",
            "throws new coins in each call, and the same ones again from a generator with the same seed",
            1,
            same_everywhere(around.repeated_calls),
            tolerance=ALIKE,
        ),
        Behaviour(
            "inputs",
            "gives tokens in the shape they came in, and leaves its inputs as they were",
            1,
            neither_changes,
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception("exchanged", "p and 1 - p are exchanged: true tokens come with probability 1 - p.", mix_exchanged),
        Misconception(
            "per_sequence", "one coin is thrown for each sequence; it must be one for each token in it.", mix_per_sequence
        ),
        Misconception(
            "per_step",
            "one coin is thrown for each step, and the whole batch shares it; each sequence needs its own.",
            mix_per_step,
        ),
        Misconception("per_batch", "a single coin decides about the whole batch; each token needs its own.", mix_per_batch),
        Misconception(
            "per_number",
            "a coin is thrown for each of the V numbers, which tears tokens apart; one coin for each token.",
            mix_per_number,
        ),
        Misconception("averaged", "true and own tokens are averaged; a token is one or the other.", mix_averaged),
        Misconception("seeded", "the coins start from the same seed in each call, so they always fall alike.", mix_seeded),
        Misconception("half", "the coins are fair whatever p is.", mix_half),
        Misconception(
            "normal", "the coins are normally distributed numbers; compare uniform ones from 0 to 1 with p.", mix_normal
        ),
        Misconception(
            "other_coins",
            "the coins are not drawn from the generator handed in, so that nobody can repeat them.",
            mix_other_coins,
        ),
        Misconception(
            "exact_share",
            "a fixed number of tokens is true, p times all of them; each token is left to its own coin.",
            mix_exact_share,
        ),
        Misconception(
            "step_per_number",
            "for a single step, (B, V), a coin is thrown for each of the V numbers; the coins need all axes but the last.",
            mix_step_per_number,
        ),
        Misconception(
            "step_one_coin",
            "for a single step, (B, V), one coin decides about the whole batch; each token needs its own.",
            mix_step_one_coin,
        ),
        Misconception(
            "step_exchanged",
            "for a single step, (B, V), p and 1 - p are exchanged; for many steps they are not.",
            mix_step_exchanged,
        ),
        Misconception("in_place", "the mixture is written into y_true, which changes the targets.", mix_in_place),
        Misconception(
            "own_in_place", "the mixture is written into y_own, which changes the caller's tensor.", mix_own_in_place
        ),
        Misconception(
            "zero_counts",
            "a coin of exactly 0 gives a true token although p = 0: the number must be smaller than p, not equal to it.",
            mix_zero_counts,
        ),
    ],
)
