"""Checks of the assignment ``scheduled_sampling``: schedules, coins, the rollout, training and the error on its own."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception
from autograder.checks.unrolled_net import zeroed
from unrolled.late import Late
from unrolled.standins import scheduled_sampling as around
from unrolled.standins import stand_in

torch: Any = Late("torch")
functional: Any = Late("torch.nn.functional")


def seen(function: Callable, *left_out: str, **changed: float) -> Callable[[Case], Case]:
    """The case as ``function`` observes it, without some of its entries and with others changed."""

    def varied(case: Case) -> Case:
        kept = {name: value for name, value in case.items() if name not in left_out}
        return kept | changed | {"around": stand_in(function)}

    return varied


def share_where(chosen: Callable[[Case], bool] = lambda case: True) -> Callable[[Case], Case | None]:
    """Only the chosen cases of a schedule; a share may be a tensor."""
    return lambda case: seen(around.value)(case) if chosen(case) else None


def at(*iterations: float) -> Callable[[Case], Case | None]:
    """Only the cases with one of these numbers of an iteration."""
    return share_where(lambda case: case["i"] in iterations)


# linear_decay


def linear_cases(rng: np.random.Generator) -> list[Case]:
    cases = []
    for i in (0, 1, 7, 60, 3000):
        k, eps = rng.uniform(0.75, 0.95), rng.uniform(0.1, 0.2)
        cases += [{"i": i, "k": k, "c": rng.uniform(0.004, 0.006), "eps": eps} for _ in range(2)]
    # where the line is below its floor and not yet below zero
    return [*cases, *({**case, "i": round((case["k"] - case["eps"] / 2) / case["c"])} for case in cases[-2:])]


def below_the_floor(case: Case) -> bool:
    return case["k"] - case["c"] * case["i"] < case["eps"]


def linear_increases(i, k, c, eps):
    return min(1.0, k + c * i)


def linear_no_floor(i, k, c, eps):
    return k - c * i


def linear_zero_floor(i, k, c, eps):
    return max(0.0, k - c * i)


def linear_min(i, k, c, eps):
    return min(eps, k - c * i)


def linear_from_one(i, k, c, eps):
    return max(eps, 1 - c * i)


def linear_proportional(i, k, c, eps):
    return max(eps, k * (1 - c * i))


def linear_floor_added(i, k, c, eps):
    return eps + max(0.0, k - c * i)


def linear_floor_late(i, k, c, eps):
    return k - c * i if k > c * i else eps


def linear_exchanged(i, k, c, eps):
    return 1 - max(eps, k - c * i)


def linear_one_late(i, k, c, eps):
    return max(eps, k - c * (i - 1))


def linear_one_early(i, k, c, eps):
    return max(eps, k - c * (i + 1))


LINEAR_DECAY = Exercise(
    name="linear_decay",
    chapter="scheduled_sampling",
    section="sec-schedules",
    cases=linear_cases,
    behaviours=[
        Behaviour("start", "gives k in iteration 0", 1, at(0)),
        Behaviour("slope", "falls by c with each iteration", 1, at(1, 7, 60)),
        Behaviour("floor", "never falls below eps", 1, share_where(below_the_floor)),
    ],
    misconceptions=[
        Misconception(
            "increases", "the share rises with i; training starts with true tokens and leaves them.", linear_increases
        ),
        Misconception("no_floor", "the line goes on below eps, and below zero in the end.", linear_no_floor),
        Misconception("zero_floor", "the line ends at zero; its floor is eps.", linear_zero_floor),
        Misconception("min", "the smaller of line and floor is taken; it must be the larger.", linear_min),
        Misconception("from_one", "the line starts at 1; it starts at k.", linear_from_one),
        Misconception("proportional", "the slope is k times c; it is c alone.", linear_proportional),
        Misconception(
            "floor_added", "eps is added to the line; it is only a floor on which the line ends.", linear_floor_added
        ),
        Misconception(
            "floor_late",
            "the floor is used only where the line is below zero; it holds as soon as the line is below eps.",
            linear_floor_late,
        ),
        Misconception(
            "exchanged",
            "this is the share of the network's own tokens, 1 - p; wanted is that of true ones.",
            linear_exchanged,
        ),
        Misconception("one_late", "the line is one iteration late: iterations are counted from 0.", linear_one_late),
        Misconception("one_early", "the line is one iteration early: iterations are counted from 0.", linear_one_early),
    ],
)


# exponential_decay


def exponential_cases(rng: np.random.Generator) -> list[Case]:
    cases = [{"i": i, "k": rng.uniform(0.9, 0.97)} for i in (0, 1, 2, 5, 17, 40, 100_000)]
    return [*cases, {"i": 300, "k": rng.uniform(0.99, 0.995)}]


def exponential_increases(i, k):
    return 1 - k**i


def exponential_power_of_i(i, k):
    return float(i) ** k


def exponential_rate(i, k):
    return math.exp(-k * i)


def exponential_product(i, k):
    return k * i


def exponential_reciprocal(i, k):
    return math.exp(-min(i * math.log(k), 700.0)) if i < 1000 else math.inf


def exponential_one_early(i, k):
    return k ** (i + 1)


def exponential_one_late(i, k):
    return k ** (i - 1)


def exponential_constant(i, k):
    return k


def exponential_linear(i, k):
    return max(0.0, 1 - (1 - k) * i)


EXPONENTIAL_DECAY = Exercise(
    name="exponential_decay",
    chapter="scheduled_sampling",
    section="sec-schedules",
    cases=exponential_cases,
    behaviours=[
        Behaviour("first", "gives 1 in iteration 0 and k in iteration 1", 1, at(0, 1)),
        Behaviour("later", "multiplies by k with each further iteration", 2, at(2, 5, 17, 40, 300, 100_000)),
    ],
    misconceptions=[
        Misconception(
            "increases", "this is 1 - p, which rises with i; the share of true tokens falls.", exponential_increases
        ),
        Misconception("power_of_i", "base and exponent are exchanged; it is k to the power i.", exponential_power_of_i),
        Misconception("rate", "this is exp(-k i); here k is the factor itself, not a rate.", exponential_rate),
        Misconception("product", "k is multiplied by i; it is taken to the power i.", exponential_product),
        Misconception("reciprocal", "this is k to the power -i, which grows without end.", exponential_reciprocal),
        Misconception("one_early", "the exponent is i + 1; iterations are counted from 0.", exponential_one_early),
        Misconception("one_late", "the exponent is i - 1; iterations are counted from 0.", exponential_one_late),
        Misconception("constant", "the share is k in every iteration; it must go on falling.", exponential_constant),
        Misconception(
            "linear",
            "1 - k is taken off in each iteration; multiply by k instead, so that less and less is lost.",
            exponential_linear,
        ),
    ],
)


# inverse_sigmoid_decay


def sigmoid_cases(rng: np.random.Generator) -> list[Case]:
    first = [{"i": 0, "k": k} for k in (1.0, *rng.uniform(2.0, 6.0, size=2))]
    early = [{"i": int(i), "k": rng.uniform(1.5, 6.0)} for i in (1, 3, 8, 15)]
    slow = {"i": 2000, "k": rng.uniform(500.0, 600.0)}  # late by the number of the iteration, and early for this k
    widths = rng.uniform(40.0, 60.0), rng.uniform(400.0, 600.0)
    fading = [{"i": round(rng.uniform(12.2, 13.0) * k), "k": k} for k in widths]  # small, and not yet so near to 0
    late = [{"i": i, "k": rng.uniform(1.5, 4.0)} for i in (20_000, 10**7)]
    return [*first, *early, slow, *fading, *late]


def falling(case: Case) -> bool:
    return 0 < case["i"] / case["k"] < 12


def fading_out(case: Case) -> bool:
    return case["i"] / case["k"] > 12


def sigmoid_increases(i, k):
    return k / (k + math.exp(-i / k))


def sigmoid_overflow(i, k):
    return k / (k + math.exp(i / k))


def sigmoid_nan(i, k):
    with np.errstate(all="ignore"):
        e = np.exp(-np.float64(i) / k)
        return (k * e) / (k * e + np.exp(np.float64(i) / k) * e)


def sigmoid_no_k_in_exponent(i, k):
    return k * math.exp(-i) / (k * math.exp(-i) + 1)


def sigmoid_times_k(i, k):
    return k * math.exp(-i * k) / (k * math.exp(-i * k) + 1)


def sigmoid_plain(i, k):
    return math.exp(-i / k) / (math.exp(-i / k) + 1)


def sigmoid_exchanged(i, k):
    return 1 / (1 + k * math.exp(-i / k))


def sigmoid_one_for_k(i, k):
    return math.exp(-i / k) / (k * math.exp(-i / k) + 1)


def sigmoid_cut_by_i(i, k):
    return 0.0 if i > 700 else k / (k + math.exp(i / k))


def sigmoid_clipped(i, k):
    return k / (k + math.exp(min(i / k, 5.0)))


def sigmoid_cut_early(i, k):
    return 0.0 if i / k > 10 else k / (k + math.exp(i / k))


INVERSE_SIGMOID_DECAY = Exercise(
    name="inverse_sigmoid_decay",
    chapter="scheduled_sampling",
    section="sec-schedules",
    cases=sigmoid_cases,
    behaviours=[
        Behaviour("start", "gives k / (k + 1) in iteration 0", 1, at(0)),
        Behaviour("falls", "falls like k / (k + exp(i / k))", 2, share_where(falling)),
        Behaviour("late", "goes on to 0, also where exp(i / k) is larger than any number", 1, share_where(fading_out)),
    ],
    misconceptions=[
        Misconception("increases", "the sign in the exponent is wrong: the share rises with i.", sigmoid_increases),
        Misconception(
            "overflow", "exp(i / k) overflows for a large i and ends in an error; the share is 0 there.", sigmoid_overflow
        ),
        Misconception("nan", "for a large i the result is not a number: zero times infinity has come in.", sigmoid_nan),
        Misconception("no_k_in_exponent", "the exponent is i; it is i / k.", sigmoid_no_k_in_exponent),
        Misconception("times_k", "the exponent is i times k; it is i / k.", sigmoid_times_k),
        Misconception("plain", "this is 1 / (1 + exp(i / k)); numerator and denominator each have a k.", sigmoid_plain),
        Misconception(
            "exchanged",
            "this is 1 - p, the share of the network's own tokens; wanted is that of true ones.",
            sigmoid_exchanged,
        ),
        Misconception("one_for_k", "the numerator is 1; it is k.", sigmoid_one_for_k),
        Misconception(
            "cut_by_i",
            "the share is set to 0 from a certain iteration on, whatever k is; how far it has fallen depends on i / k.",
            sigmoid_cut_by_i,
        ),
        Misconception("clipped", "the exponent is cut off so early that the share never gets near 0.", sigmoid_clipped),
        Misconception(
            "cut_early",
            "the share is set to 0 while it is still to be seen; exp(i / k) overflows only where i / k is above 700.",
            sigmoid_cut_early,
        ),
    ],
)


# mix_inputs

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


# scheduled_rollout


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


# train_step


def one_hot(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Random tokens; the last number is how many there are."""
    *axes, V = shape
    return np.eye(V)[rng.integers(0, V, size=axes)]


def train_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 5, 2, 3), (1, 4, 3, 5), (3, 1, 4, 2), (2, 6, 1, 4)]  # (B, T, D, V)
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "y_0": one_hot(rng, B, V),
            "targets": one_hot(rng, B, T, V),
            "p": float(p),
            "W": rng.normal(size=(D, V)),
            "b": rng.normal(size=V),
            "pull": rng.normal(size=V),
            "dW": rng.normal(size=(D, V)),
            "db": rng.normal(size=V),
        }
        for (B, T, D, V), p in zip(sizes, rng.uniform(0.2, 0.4, size=4), strict=True)
    ]


def _entropy(scores, targets):
    return functional.cross_entropy(scores.flatten(0, 1), targets.flatten(0, 1))


def _stepped(loss, optimiser):
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()


def train_not_zeroed(x, y_0, targets, p, rollout, optimiser):
    loss = _entropy(rollout(x, y_0, targets, p)[0], targets)
    loss.backward()
    optimiser.step()
    return loss.item()


def train_zeroed_late(x, y_0, targets, p, rollout, optimiser):
    loss = train_not_zeroed(x, y_0, targets, p, rollout, optimiser)
    optimiser.zero_grad()
    return loss


def train_not_moved(x, y_0, targets, p, rollout, optimiser):
    loss = _entropy(rollout(x, y_0, targets, p)[0], targets)
    optimiser.zero_grad()
    loss.backward()
    return loss.item()


def train_on_fed(x, y_0, targets, p, rollout, optimiser):
    scores, fed = rollout(x, y_0, targets, p)
    return _stepped(_entropy(scores, fed), optimiser)


def train_summed(x, y_0, targets, p, rollout, optimiser):
    scores = rollout(x, y_0, targets, p)[0]
    return _stepped(_entropy(scores, targets) * scores.shape[0] * scores.shape[1], optimiser)


def train_summed_over_time(x, y_0, targets, p, rollout, optimiser):
    scores = rollout(x, y_0, targets, p)[0]
    return _stepped(_entropy(scores, targets) * scores.shape[1], optimiser)


def train_over_vocabulary(x, y_0, targets, p, rollout, optimiser):
    scores = rollout(x, y_0, targets, p)[0]
    return _stepped(_entropy(scores, targets) / scores.shape[2], optimiser)


def train_exchanged(x, y_0, targets, p, rollout, optimiser):
    return _stepped(_entropy(rollout(x, y_0, targets, 1 - p)[0], targets), optimiser)


def train_forced(x, y_0, targets, p, rollout, optimiser):
    return _stepped(_entropy(rollout(x, y_0, targets, 1.0)[0], targets), optimiser)


def train_free(x, y_0, targets, p, rollout, optimiser):
    return _stepped(_entropy(rollout(x, y_0, targets, 0.0)[0], targets), optimiser)


def train_loss_after(x, y_0, targets, p, rollout, optimiser):
    _stepped(_entropy(rollout(x, y_0, targets, p)[0], targets), optimiser)
    return _entropy(rollout(x, y_0, targets, p)[0], targets).item()


def train_two_runs(x, y_0, targets, p, rollout, optimiser):
    loss = _entropy(rollout(x, y_0, targets, p)[0], targets)
    _stepped(_entropy(rollout(x, y_0, targets, p)[0], targets), optimiser)
    return loss.item()


def train_softmax_twice(x, y_0, targets, p, rollout, optimiser):
    return _stepped(_entropy(rollout(x, y_0, targets, p)[0].softmax(dim=-1), targets), optimiser)


def train_no_softmax(x, y_0, targets, p, rollout, optimiser):
    scores = rollout(x, y_0, targets, p)[0]
    return _stepped(functional.nll_loss(scores.flatten(0, 1), targets.argmax(dim=-1).flatten()), optimiser)


def train_last_only(x, y_0, targets, p, rollout, optimiser):
    return _stepped(functional.cross_entropy(rollout(x, y_0, targets, p)[0][:, -1], targets[:, -1]), optimiser)


def train_softmax_over_time(x, y_0, targets, p, rollout, optimiser):
    return _stepped(functional.cross_entropy(rollout(x, y_0, targets, p)[0], targets), optimiser)


def train_uphill(x, y_0, targets, p, rollout, optimiser):
    loss = _entropy(rollout(x, y_0, targets, p)[0], targets)
    _stepped(-loss, optimiser)
    return loss.item()


TRAIN_STEP = Exercise(
    name="train_step",
    chapter="scheduled_sampling",
    section="sec-scheduled-training",
    cases=train_cases,
    axes={"W": "DV", "b": "V"},
    behaviours=[
        Behaviour(
            "loss",
            "gives the loss before the step: the mean cross-entropy of scores and targets, with p handed on to the rollout",
            2,
            seen(around.loss_before, "dW", "db"),
        ),
        Behaviour(
            "update", "moves the parameters against the gradient of that loss", 2, seen(around.parameters_after, "dW", "db")
        ),
        Behaviour("fresh", "does not count gradients from before", 2, seen(around.parameters_after_two)),
        Behaviour(
            "inputs",
            "gives the loss and leaves its inputs as they were",
            1,
            seen(around.loss_before, "dW", "db"),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception(
            "not_zeroed", "gradients from before are never set to zero; they add up from step to step.", train_not_zeroed
        ),
        Misconception(
            "zeroed_late",
            "gradients are set to zero only at the end; those from before the call still count in this step.",
            train_zeroed_late,
        ),
        Misconception(
            "not_moved",
            "the parameters stay where they are: the optimiser's step is missing, or finds gradients of zero.",
            train_not_moved,
        ),
        Misconception(
            "on_fed", "the loss compares the scores with what was fed; the network must learn the targets.", train_on_fed
        ),
        Misconception("summed", "the loss is summed over all tokens; wanted is the mean.", train_summed),
        Misconception(
            "summed_over_time",
            "the loss is summed over time and averaged over the batch only; average over both.",
            train_summed_over_time,
        ),
        Misconception(
            "over_vocabulary",
            "the mean also counts the V - 1 zeros of each target; divide by the number of tokens, B times T.",
            train_over_vocabulary,
        ),
        Misconception("exchanged", "the rollout is given 1 - p; it wants p, the share of true tokens.", train_exchanged),
        Misconception("forced", "the rollout is always given p = 1: this is teacher forcing.", train_forced),
        Misconception("free", "the rollout is always given p = 0: the network is fed its own tokens only.", train_free),
        Misconception(
            "two_runs",
            "the loss that comes back and the gradient are of two runs, in which the coins fall differently; run once.",
            train_two_runs,
        ),
        Misconception("loss_after", "the loss is that after the step; wanted is the one before.", train_loss_after),
        Misconception(
            "softmax_twice",
            "the scores go through a softmax twice; torch's cross_entropy has one inside.",
            train_softmax_twice,
        ),
        Misconception(
            "no_softmax",
            "the scores themselves are taken for log-probabilities; a log-softmax is missing.",
            train_no_softmax,
        ),
        Misconception("last_only", "only the last step counts in the loss; all steps do.", train_last_only),
        Misconception(
            "softmax_over_time",
            "the softmax runs over time: cross_entropy takes axis 1 for the classes, so flatten batch and time first.",
            train_softmax_over_time,
        ),
        Misconception("uphill", "the parameters move up the gradient, so that the loss grows.", train_uphill),
    ],
)


# rollout_error


def error_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(7, 4, 2, 3), (5, 6, 3, 2), (1, 8, 4, 3), (9, 1, 3, 4), (11, 5, 1, 4)]  # (B, T, D, V)
    return [
        {
            "x": 3 * rng.normal(size=(B, T, D)),
            "y_0": one_hot(rng, B, V),
            "targets": one_hot(rng, B, T, V),
            "W": rng.normal(size=(D, V)),
            "b": rng.normal(size=V),
            "pull": np.eye(V)[rng.integers(V)],
        }
        for B, T, D, V in sizes
    ]


def fed_or_not(case: Case) -> Case:
    """Where it makes no difference what is fed."""
    return seen(around.errors)(zeroed(case, "pull"))


def _wrong(scores, targets):
    return (scores.argmax(dim=-1) != targets.argmax(dim=-1)).double()


def error_forced(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 1.0)[0], targets).mean(dim=0)


def error_per_sequence(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 0.0)[0], targets).mean(dim=1)


def error_one_number(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 0.0)[0], targets).mean()


def error_accuracy(x, y_0, targets, rollout):
    return 1 - _wrong(rollout(x, y_0, targets, 0.0)[0], targets).mean(dim=0)


def error_cumulative(x, y_0, targets, rollout):
    errors = _wrong(rollout(x, y_0, targets, 0.0)[0], targets).mean(dim=0)
    return errors.cumsum(0) / torch.arange(1, len(errors) + 1)


def error_since_first(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 0.0)[0], targets).cummax(dim=1).values.mean(dim=0)


def error_against_fed(x, y_0, targets, rollout):
    scores, fed = rollout(x, y_0, targets, 0.0)
    return _wrong(scores, fed).mean(dim=0)


def error_fed_for_scores(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 0.0)[1], targets).mean(dim=0)


def error_counted(x, y_0, targets, rollout):
    return _wrong(rollout(x, y_0, targets, 0.0)[0], targets).sum(dim=0)


def error_probability(x, y_0, targets, rollout):
    right = (rollout(x, y_0, targets, 0.0)[0].softmax(dim=-1) * targets).sum(dim=-1)
    return (1 - right).mean(dim=0)


def error_any_number(x, y_0, targets, rollout):
    """How often the one-hot vectors differ, number by number."""
    return _wrong(rollout(x, y_0, targets, 0.0)[0], targets).mean(dim=0) * 2 / targets.shape[-1]


def error_over_batch(x, y_0, targets, rollout):
    """The best sequence for each token, instead of the best token for each sequence."""
    scores = rollout(x, y_0, targets, 0.0)[0]
    return (scores.argmax(dim=0) != targets.argmax(dim=0)).double().mean(dim=-1)


def error_entropy(x, y_0, targets, rollout):
    scores = rollout(x, y_0, targets, 0.0)[0]
    return -(targets * scores.log_softmax(dim=-1)).sum(dim=-1).mean(dim=0)


ROLLOUT_ERROR = Exercise(
    name="rollout_error",
    chapter="distribution_shift",
    section="sec-error-against-step",
    cases=error_cases,
    axes="T",
    behaviours=[
        Behaviour("share", "gives the share of sequences with a wrong best token, at each step", 2, fed_or_not),
        Behaviour("free", "lets the network run freely: it is fed its own tokens only", 2, seen(around.errors)),
        Behaviour(
            "inputs",
            "gives those errors and leaves its inputs as they were",
            1,
            seen(around.errors),
            looks_at=("value", "inputs"),
        ),
    ],
    misconceptions=[
        Misconception("forced", "the network is fed true tokens (p = 1); measure it on its own (p = 0).", error_forced),
        Misconception(
            "per_sequence",
            "the mean is taken over time, which gives a number for each sequence; take it over the batch.",
            error_per_sequence,
        ),
        Misconception(
            "one_number", "all steps are averaged into one number; wanted is one for each step.", error_one_number
        ),
        Misconception("accuracy", "this is the share of right tokens; wanted is that of wrong ones.", error_accuracy),
        Misconception(
            "cumulative", "this is the mean error up to each step; wanted is that at each step.", error_cumulative
        ),
        Misconception(
            "since_first",
            "a sequence counts as wrong from its first wrong token on; count at each step what is wrong there.",
            error_since_first,
        ),
        Misconception(
            "against_fed", "the tokens are compared with those that were fed, not with the targets.", error_against_fed
        ),
        Misconception(
            "fed_for_scores",
            "the tokens that were fed are compared with the targets; take the best tokens of the scores.",
            error_fed_for_scores,
        ),
        Misconception("counted", "wrong tokens are counted; divide by the number of sequences.", error_counted),
        Misconception(
            "probability",
            "this is the mean probability given to wrong tokens; count how often the best token is wrong.",
            error_probability,
        ),
        Misconception(
            "any_number",
            "one-hot vectors are compared number by number; compare tokens, and count each wrong one once.",
            error_any_number,
        ),
        Misconception(
            "over_batch", "the largest score is looked for along the batch; look along the vocabulary.", error_over_batch
        ),
        Misconception("entropy", "this is the cross-entropy; wanted is how often the best token is wrong.", error_entropy),
    ],
)


ASSIGNMENT = Assignment(
    "scheduled_sampling",
    [
        LINEAR_DECAY,
        EXPONENTIAL_DECAY,
        INVERSE_SIGMOID_DECAY,
        MIX_INPUTS,
        SCHEDULED_ROLLOUT,
        TRAIN_STEP,
        ROLLOUT_ERROR,
    ],
    torch=True,
)
