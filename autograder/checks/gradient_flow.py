"""Checks of the assignment ``gradient_flow``: Jacobians, their products, spectral radius, clipping, identity."""

from collections.abc import Callable

import numpy as np

from autograder.checks.spec import Assignment, Behaviour, Case, Exercise, Misconception
from autograder.checks.unrolled_net import zeroed
from unrolled.standins import gradient_flow as parts
from unrolled.standins import stand_in


def part(function: Callable) -> Callable[[Case], Case]:
    """The same inputs, and of the results one alone."""
    return lambda case: case | {"around": stand_in(function)}


# step_jacobian


def step_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(4, 2, 3), (1, 3, 2), (3, 2, 1), (2, 1, 3)]  # (B, D, H)
    return [
        {
            "x_t": rng.normal(size=(B, D)),
            "h_prev": np.tanh(rng.normal(size=(B, H))),
            "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
            "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
            "b_h": 0.5 * rng.normal(size=H),
        }
        for B, D, H in sizes
    ]


def steepest(case: Case) -> Case:
    """Where tanh is as steep as it gets: its slope is 1."""
    return zeroed(case, "x_t", "h_prev", "b_h")


def units_alone(case: Case) -> Case:
    """Every unit feeds itself only: rows and columns cannot be confused."""
    return case | {"W_hh": np.diag(np.diag(case["W_hh"]))}


def _sum(x_t, h_prev, W_xh, W_hh, b_h):
    return x_t @ W_xh + h_prev @ W_hh + b_h


def _with_slope(slope, W):
    """A slope (B, H) for each column of W."""
    return W * slope[:, np.newaxis, :]


def step_transposed(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(x_t, h_prev, W_xh, W_hh, b_h).swapaxes(1, 2)


def step_W_transposed(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)) ** 2, W_hh.T)


def step_slope_on_rows(x_t, h_prev, W_xh, W_hh, b_h):
    return (1 - np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)) ** 2)[:, :, np.newaxis] * W_hh


def step_no_slope(x_t, h_prev, W_xh, W_hh, b_h):
    return np.stack([W_hh] * len(x_t))


def step_slope_at_h_prev(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - h_prev**2, W_hh)


def step_slope_at_input(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - _sum(x_t, h_prev, W_xh, W_hh, b_h) ** 2, W_hh)


def step_tanh_twice(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - np.tanh(np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h))) ** 2, W_hh)


def step_not_squared(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)), W_hh)


def step_sigmoid_slope(x_t, h_prev, W_xh, W_hh, b_h):
    h = np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h))
    return _with_slope(h * (1 - h), W_hh)


def step_value_for_slope(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)), W_hh)


def step_input_ignored(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(0 * x_t, h_prev, W_xh, W_hh, b_h)


def step_bias_ignored(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(x_t, h_prev, W_xh, W_hh, 0 * b_h)


def step_state_ignored(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(x_t, 0 * h_prev, W_xh, W_hh, b_h)


def step_of_input(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)) ** 2, W_xh)


def step_batch_mean(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(x_t, h_prev, W_xh, W_hh, b_h).mean(axis=0)


def step_batch_sum(x_t, h_prev, W_xh, W_hh, b_h):
    return _step_jacobian(x_t, h_prev, W_xh, W_hh, b_h).sum(axis=0)


def _step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    return _with_slope(1 - np.tanh(_sum(x_t, h_prev, W_xh, W_hh, b_h)) ** 2, W_hh)


STEP_JACOBIAN = Exercise(
    name="step_jacobian",
    chapter="gradient_flow",
    section="sec-jacobian",
    cases=step_cases,
    axes="BRK",
    behaviours=[
        Behaviour("matrix", "gives W_hh, rows to h_prev, where the slope of tanh is 1", 2, steepest),
        Behaviour("slope", "takes the slope of tanh at each unit's own sum", 2, units_alone),
        Behaviour("all", "gives each sequence its Jacobian: the slope of unit j scales column j of W_hh", 2),
        Behaviour("inputs", "gives that result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "transposed",
            "the Jacobian is transposed; rows belong to the old state, columns to the new one.",
            step_transposed,
        ),
        Misconception("W_transposed", "W_hh is transposed, and the slopes then scale its columns.", step_W_transposed),
        Misconception(
            "slope_on_rows",
            "the slopes scale the rows of W_hh; a slope belongs to a unit of the new state, and that is a column.",
            step_slope_on_rows,
        ),
        Misconception("no_slope", "the slope of tanh is missing: this is the Jacobian of a linear network.", step_no_slope),
        Misconception(
            "slope_at_h_prev", "the slope is taken from h_prev; it belongs to the new state h_t.", step_slope_at_h_prev
        ),
        Misconception(
            "slope_at_input",
            "the sum inside the tanh is squared instead of its tanh: the slope is 1 minus the square of the output.",
            step_slope_at_input,
        ),
        Misconception("tanh_twice", "tanh is applied to h_t once more before the square is taken.", step_tanh_twice),
        Misconception("not_squared", "the slope is taken as 1 - h_t; the square is missing.", step_not_squared),
        Misconception("sigmoid_slope", "the slope is h_t (1 - h_t), that of a sigmoid.", step_sigmoid_slope),
        Misconception("value_for_slope", "the columns are scaled by h_t itself and not by the slope.", step_value_for_slope),
        Misconception(
            "input_ignored", "the sum inside the tanh lacks the input: the slope does not depend on x_t.", step_input_ignored
        ),
        Misconception("bias_ignored", "the sum inside the tanh lacks the bias.", step_bias_ignored),
        Misconception("state_ignored", "the sum inside the tanh lacks the old state.", step_state_ignored),
        Misconception(
            "of_input", "this is the Jacobian with respect to the input x_t; wanted is that of the old state.", step_of_input
        ),
        Misconception("batch_mean", "the Jacobians of the batch are averaged; each sequence has its own.", step_batch_mean),
        Misconception("batch_sum", "the Jacobians of the batch are added up; each sequence has its own.", step_batch_sum),
    ],
)


# jacobian_product


def product_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(2, 5, 3, 1, 4), (1, 4, 2, 0, 4), (4, 3, 1, 1, 3), (3, 1, 2, 0, 1)]  # (B, T, H, start, end)
    return [
        {"jacobians": rng.normal(size=(B, T, H, H)) / np.sqrt(H), "start": start, "end": end}
        for B, T, H, start, end in sizes
    ]


def no_step(case: Case) -> Case:
    return case | {"end": case["start"]}


def single_step(case: Case) -> Case:
    return case | {"end": case["start"] + 1}


def first_two(case: Case) -> Case | None:
    return case | {"start": 0, "end": 2} if case["jacobians"].shape[1] >= 2 else None


def _product(jacobians, steps, product=None):
    B, T, H, _ = jacobians.shape
    product = np.stack([np.eye(H)] * B) if product is None else product
    for t in steps:
        if t < T:
            product = product @ jacobians[:, t]
    return product


def product_reversed(jacobians, start, end):
    return _product(jacobians, range(end - 1, start - 1, -1))


def product_transposed(jacobians, start, end):
    return _product(jacobians, range(start, end)).swapaxes(1, 2)


def product_transposed_factors(jacobians, start, end):
    return _product(jacobians.swapaxes(2, 3), range(start, end))


def product_elementwise(jacobians, start, end):
    return jacobians[:, start:end].prod(axis=1)


def product_diagonal(jacobians, start, end):
    return np.eye(jacobians.shape[2]) * jacobians[:, start:end].prod(axis=1)


def product_summed(jacobians, start, end):
    return jacobians[:, start:end].sum(axis=1)


def product_zero_start(jacobians, start, end):
    B, _, H, _ = jacobians.shape
    return np.zeros((B, H, H))


def product_ones_start(jacobians, start, end):
    B, _, H, _ = jacobians.shape
    return _product(jacobians, range(start, end), np.ones((B, H, H)))


def product_one_late(jacobians, start, end):
    return _product(jacobians, range(start + 1, end + 1))


def product_one_early(jacobians, start, end):
    return _product(jacobians, range(max(start - 1, 0), max(end - 1, 0)))


def product_one_short(jacobians, start, end):
    return _product(jacobians, range(start, end - 1))


def product_first_missing(jacobians, start, end):
    return _product(jacobians, range(start + 1, end))


def product_one_long(jacobians, start, end):
    return _product(jacobians, range(start, end + 1))


def product_from_the_beginning(jacobians, start, end):
    return _product(jacobians, range(end))


def product_to_the_end(jacobians, start, end):
    return _product(jacobians, range(start, jacobians.shape[1]))


def product_power(jacobians, start, end):
    return np.linalg.matrix_power(jacobians[:, start], end - start)


def product_last_factor(jacobians, start, end):
    return jacobians[:, end - 1] if end > start else _product(jacobians, [])


def product_no_identity(jacobians, start, end):
    return _product(jacobians, range(start + 1, end), jacobians[:, start])


JACOBIAN_PRODUCT = Exercise(
    name="jacobian_product",
    chapter="gradient_flow",
    section="sec-product",
    cases=product_cases,
    axes="BRK",
    behaviours=[
        Behaviour("none", "gives the identity over no step at all", 1, no_step),
        Behaviour("one", "gives the Jacobian of the step that leaves h_start, over one step", 1, single_step),
        Behaviour("order", "multiplies two steps in the order of time, the earlier one on the left", 2, first_two),
        Behaviour("any", "multiplies all steps from h_start to h_end and no other", 2),
        Behaviour("inputs", "gives that result and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "reversed", "the factors are in the wrong order: the earliest step belongs on the left.", product_reversed
        ),
        Misconception("transposed", "the product is transposed; rows belong to the earlier state.", product_transposed),
        Misconception(
            "transposed_factors",
            "each factor is transposed before it is multiplied, and the order kept; that belongs to no state.",
            product_transposed_factors,
        ),
        Misconception(
            "elementwise", "the factors are multiplied entry by entry; wanted is the matrix product.", product_elementwise
        ),
        Misconception(
            "diagonal",
            "the identity is multiplied by the factors entry by entry: only the diagonal is left.",
            product_diagonal,
        ),
        Misconception("summed", "the Jacobians are added; the chain rule multiplies them.", product_summed),
        Misconception("zero_start", "the product starts from zeros, and so it stays zero.", product_zero_start),
        Misconception(
            "ones_start", "the product starts from a matrix full of ones, which is no identity.", product_ones_start
        ),
        Misconception(
            "one_late", "all steps are one too late: the step that leaves h_start has the index start.", product_one_late
        ),
        Misconception("one_early", "all steps are one too early, from the step into h_start on.", product_one_early),
        Misconception("one_short", "the last step, the one into h_end, is left out.", product_one_short),
        Misconception("first_missing", "the first step, the one that leaves h_start, is left out.", product_first_missing),
        Misconception("one_long", "a step too many: the one that leaves h_end does not count.", product_one_long),
        Misconception("from_the_beginning", "the product begins at h_0, whatever start says.", product_from_the_beginning),
        Misconception("to_the_end", "the product goes on to the last state, whatever end says.", product_to_the_end),
        Misconception("power", "the first Jacobian is used for every step; each step has its own.", product_power),
        Misconception(
            "last_factor",
            "each factor replaces the product of those before it: only the last one is left.",
            product_last_factor,
        ),
        Misconception(
            "no_identity", "over no step it gives the next step's Jacobian; nothing changes there.", product_no_identity
        ),
    ],
)


# gradient_norms


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


# spectral_radius


def radius_cases(rng: np.random.Generator) -> list[Case]:
    return [{"W": rng.normal(size=(H, H)) / np.sqrt(H)} for H in (4, 3, 1, 2, 5)]


def with_eigenvalues(W: np.ndarray, blocks: np.ndarray) -> np.ndarray:
    """A matrix without any symmetry that has the eigenvalues of ``blocks``."""
    basis = np.eye(len(W)) + 0.6 * W / np.linalg.norm(W, 2)
    return basis @ blocks @ np.linalg.inv(basis)


def all_real(case: Case) -> Case:
    """Real eigenvalues, of which the largest in size is negative."""
    H = len(case["W"])
    return {"W": with_eigenvalues(case["W"], np.diag(np.r_[np.linspace(0.9, 0.5, H - 1), -1.6]))}


def turning(case: Case) -> Case | None:
    """The pair 0.3 ± 1.5i, and real eigenvalues below it in size but above its real part."""
    H = len(case["W"])
    if H < 2:
        return None
    blocks = np.diag(np.linspace(1.2, 0.7, H))
    blocks[-2:, -2:] = [[0.3, -1.5], [1.5, 0.3]]
    return {"W": with_eigenvalues(case["W"], blocks)}


def large_and_small(case: Case) -> Case | None:
    """Triangular: eigenvalues below 1 on the diagonal, from small to large, and large numbers above it."""
    H = len(case["W"])
    if H < 2:
        return None
    above = np.triu(1 + np.abs(case["W"]), 1)
    return {"W": above + np.diag(np.linspace(0.2, 0.8, H))}


def _moduli(W):
    return np.abs(np.linalg.eigvals(W))


RADIUS_MISTAKES: list[tuple[str, str, Callable]] = [
    ("spectral_norm", "this is the spectral norm, the largest singular value.", lambda W: np.linalg.norm(W, 2)),
    (
        "largest_real_part",
        "the largest real part is taken; what counts is the absolute value, of negative and complex ones too.",
        lambda W: np.linalg.eigvals(W).real.max(),
    ),
    (
        "real_part_size",
        "the imaginary parts are dropped before the absolute value is taken.",
        lambda W: np.abs(np.linalg.eigvals(W).real).max(),
    ),
    (
        "no_modulus",
        "the largest eigenvalue itself is returned, which may be complex; wanted is its absolute value.",
        lambda W: np.linalg.eigvals(W).max(),
    ),
    (
        "modulus_of_largest",
        "the largest eigenvalue is picked first, by its real part; the absolute values are to be compared.",
        lambda W: np.abs(np.linalg.eigvals(W).max()),
    ),
    (
        "larger_part",
        "the larger one of real and imaginary part is taken; the absolute value is made of both.",
        lambda W: np.abs(np.linalg.eigvals(W).astype(complex).view(float)).max(),
    ),
    (
        "real_ones_only",
        "complex eigenvalues are left out; they count with their absolute value.",
        lambda W: max([abs(v.real) for v in np.linalg.eigvals(W).tolist() if v.imag == 0], default=0.0),
    ),
    (
        "squared",
        "real and imaginary part are squared and added, and the root is missing.",
        lambda W: (_moduli(W) ** 2).max(),
    ),
    ("trace", "this is the trace, the sum of the eigenvalues.", lambda W: np.trace(W)),
    ("trace_size", "this is the absolute value of the trace, the sum of the eigenvalues.", lambda W: np.abs(np.trace(W))),
    ("determinant", "this is the determinant, the product of the eigenvalues.", lambda W: np.linalg.det(W)),
    (
        "determinant_size",
        "this is the absolute value of the determinant, the product of the eigenvalues.",
        lambda W: np.abs(np.linalg.det(W)),
    ),
    ("frobenius", "this is the root of the sum of all squared entries, the Frobenius norm.", lambda W: np.linalg.norm(W)),
    (
        "row_sum",
        "this is the largest sum of absolute values in a row: a bound, and no eigenvalue.",
        lambda W: np.abs(W).sum(axis=1).max(),
    ),
    (
        "symmetric",
        "a routine for symmetric matrices is used; it reads one triangle of W only.",
        lambda W: np.abs(np.linalg.eigvalsh(W)).max(),
    ),
    (
        "gram",
        "these are the eigenvalues of W transposed times W: squares of singular values.",
        lambda W: _moduli(W.T @ W).max(),
    ),
    ("sum_of_moduli", "the absolute values of all eigenvalues are added up.", lambda W: _moduli(W).sum()),
    ("mean_modulus", "the absolute values of all eigenvalues are averaged.", lambda W: _moduli(W).mean()),
    ("smallest", "this is the smallest absolute value; wanted is the largest.", lambda W: _moduli(W).min()),
    ("all_of_them", "all absolute values are returned; wanted is the largest alone.", _moduli),
    ("diagonal", "the entries on the diagonal are taken for eigenvalues.", lambda W: np.abs(np.diag(W)).max()),
    ("largest_entry", "the largest entry of the matrix is taken; entries are no eigenvalues.", lambda W: np.abs(W).max()),
    (
        "first",
        "the first eigenvalue of the list is taken; they come in no particular order.",
        lambda W: _moduli(W)[0],
    ),
]

SPECTRAL_RADIUS = Exercise(
    name="spectral_radius",
    chapter="gradient_flow",
    section="sec-powers",
    cases=radius_cases,
    behaviours=[
        Behaviour("real", "gives the largest absolute value where all eigenvalues are real, some negative", 1, all_real),
        Behaviour("complex", "counts a complex eigenvalue with its absolute value", 2, turning),
        Behaviour("norm", "is not misled by a matrix with large entries and small eigenvalues", 1, large_and_small),
        Behaviour("inputs", "gives that number for any matrix and leaves W as it was", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[Misconception(*mistake) for mistake in RADIUS_MISTAKES],
)


# clip_by_global_norm


def clip_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 4, 1.0), (2, 3, 0.5), (4, 1, 3.0), (1, 2, 0.2), (2, 1, 1.0)]  # (D, H, size of the gradients)
    cases: list[Case] = []
    for D, H, size in sizes:
        shapes = {"W_xh": (D, H), "W_hh": (H, H), "b_h": (H,)}
        gradients = {name: size * rng.normal(size=shape) for name, shape in shapes.items()}
        cases.append({"gradients": gradients, "max_norm": 0.4 * _global_norm(gradients)})
    cases[3]["gradients"] = {"filters": 0.2 * rng.normal(size=(2, 1, 3))}  # one alone, with three axes
    cases[3]["max_norm"] = 0.7 * _global_norm(cases[3]["gradients"])
    cases[4] = {"gradients": {name: 0 * g for name, g in cases[4]["gradients"].items()}, "max_norm": 0.5}
    return cases


def too_long(case: Case) -> Case | None:
    """Gradients that have to be clipped; their clipped values alone are looked at."""
    return part(parts.clipped_alone)(case) if _global_norm(case["gradients"]) > 0 else None


def short_enough(case: Case) -> Case:
    """Gradients below the bound, zeros among them; their clipped values alone are looked at."""
    norm = _global_norm(case["gradients"])
    return part(parts.clipped_alone)(case) | {"max_norm": 1.5 * norm if norm > 0 else case["max_norm"]}


def _global_norm(gradients):
    return float(np.sqrt(sum((g**2).sum() for g in gradients.values())))


def _norms(gradients):
    return [float(np.sqrt((g**2).sum())) for g in gradients.values()]


def _scaled(gradients, scale):
    return {name: g * scale for name, g in gradients.items()}


def _clipped_by(norm, gradients, max_norm):
    return _scaled(gradients, max_norm / norm if norm > max_norm else 1.0), norm


def clip_per_parameter(gradients, max_norm):
    clipped = {name: _clipped_by(_global_norm({name: g}), {name: g}, max_norm)[0][name] for name, g in gradients.items()}
    return clipped, _global_norm(gradients)


def clip_scales_up(gradients, max_norm):
    norm = _global_norm(gradients)
    return _scaled(gradients, max_norm / norm if norm > 0 else 1.0), norm


def clip_elementwise(gradients, max_norm):
    return {name: np.clip(g, -max_norm, max_norm) for name, g in gradients.items()}, _global_norm(gradients)


def clip_squared_norm(gradients, max_norm):
    return _clipped_by(_global_norm(gradients) ** 2, gradients, max_norm)


def clip_sum_of_norms(gradients, max_norm):
    return _clipped_by(sum(_norms(gradients)), gradients, max_norm)


def clip_root_of_norms(gradients, max_norm):
    return _clipped_by(np.sqrt(sum(_norms(gradients))), gradients, max_norm)


def clip_largest_norm(gradients, max_norm):
    return _clipped_by(max(_norms(gradients)), gradients, max_norm)


def clip_mean_square(gradients, max_norm):
    count = sum(g.size for g in gradients.values())
    return _clipped_by(_global_norm(gradients) / np.sqrt(count), gradients, max_norm)


def clip_absolute_sum(gradients, max_norm):
    return _clipped_by(sum(np.abs(g).sum() for g in gradients.values()), gradients, max_norm)


def clip_largest_entry(gradients, max_norm):
    return _clipped_by(max(np.abs(g).max() for g in gradients.values()), gradients, max_norm)


def clip_not_a_number(gradients, max_norm):
    norm = np.float64(_global_norm(gradients))
    return {name: g / norm * min(norm, max_norm) for name, g in gradients.items()}, norm


def clip_division_by_zero(gradients, max_norm):
    norm = _global_norm(gradients)
    return _scaled(gradients, min(1.0, max_norm / norm)), norm


def clip_norm_after(gradients, max_norm):
    clipped, _ = _clipped_by(_global_norm(gradients), gradients, max_norm)
    return clipped, _global_norm(clipped)


def clip_scale_returned(gradients, max_norm):
    norm = _global_norm(gradients)
    scale = max_norm / norm if norm > max_norm else 1.0
    return _scaled(gradients, scale), scale


def clip_in_place(gradients, max_norm):
    norm = _global_norm(gradients)
    if norm > max_norm:
        for g in gradients.values():
            g *= max_norm / norm
    return gradients, norm


def clip_never(gradients, max_norm):
    return dict(gradients), _global_norm(gradients)


def clip_comparison_reversed(gradients, max_norm):
    norm = _global_norm(gradients)
    return _scaled(gradients, max_norm / norm if 0 < norm < max_norm else 1.0), norm


def clip_inverse(gradients, max_norm):
    norm = _global_norm(gradients)
    return _scaled(gradients, norm / max_norm if norm > max_norm else 1.0), norm


def clip_unit_norm(gradients, max_norm):
    norm = _global_norm(gradients)
    return _scaled(gradients, 1 / norm if norm > max_norm else 1.0), norm


def clip_not_divided(gradients, max_norm):
    norm = _global_norm(gradients)
    return _scaled(gradients, max_norm if norm > max_norm else 1.0), norm


def clip_set_to_zero(gradients, max_norm):
    norm = _global_norm(gradients)
    return _scaled(gradients, 0.0 if norm > max_norm else 1.0), norm


CLIP_BY_GLOBAL_NORM = Exercise(
    name="clip_by_global_norm",
    chapter="gradient_flow",
    section="sec-clipping",
    cases=clip_cases,
    axes={"clipped": "", "norm": ""},
    behaviours=[
        Behaviour("norm", "gives the norm of all gradients together, before clipping", 1, part(parts.norm_alone)),
        Behaviour("large", "scales all gradients by one factor, so that their common norm becomes max_norm", 3, too_long),
        Behaviour("small", "leaves gradients alone that are short enough, zeros among them", 2, short_enough),
        Behaviour("inputs", "gives both and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception(
            "per_parameter",
            "each gradient is clipped by its own norm, which changes the direction; one norm counts for all.",
            clip_per_parameter,
        ),
        Misconception(
            "scales_up", "gradients that are short enough are made longer; clipping only shortens.", clip_scales_up
        ),
        Misconception(
            "elementwise",
            "each number is clipped on its own, which changes the direction; all are scaled by one factor.",
            clip_elementwise,
        ),
        Misconception("squared_norm", "the root is missing: this is the square of the norm.", clip_squared_norm),
        Misconception(
            "sum_of_norms", "the norms are added up; the squares are added, then the root is taken.", clip_sum_of_norms
        ),
        Misconception(
            "root_of_norms",
            "the root is taken of the sum of the norms; what is added up are their squares.",
            clip_root_of_norms,
        ),
        Misconception("largest_norm", "the largest of the norms is taken for the norm of all gradients.", clip_largest_norm),
        Misconception("mean_square", "the squares are averaged; the norm adds them up.", clip_mean_square),
        Misconception(
            "absolute_sum", "absolute values are added up; the norm is the root of the sum of squares.", clip_absolute_sum
        ),
        Misconception(
            "largest_entry", "the largest absolute value of all entries is taken for the norm.", clip_largest_entry
        ),
        Misconception("not_a_number", "zero divided by zero: gradients that are all zero become NaN.", clip_not_a_number),
        Misconception(
            "division_by_zero",
            "the division comes before the comparison, and fails if all gradients are zero.",
            clip_division_by_zero,
        ),
        Misconception("norm_after", "the norm returned is that after clipping; wanted is the one before.", clip_norm_after),
        Misconception("scale_returned", "the factor is returned in the place of the norm.", clip_scale_returned),
        Misconception(
            "in_place", "what was handed over is changed, the arrays or the dictionary; give back new ones.", clip_in_place
        ),
        Misconception("never", "the gradients come back unclipped; the factor is never applied.", clip_never),
        Misconception(
            "comparison_reversed",
            "the comparison is the wrong way round: short gradients are scaled, long ones kept.",
            clip_comparison_reversed,
        ),
        Misconception("inverse", "the factor is upside down: it makes long gradients longer.", clip_inverse),
        Misconception("unit_norm", "the clipped norm is 1, whatever max_norm says.", clip_unit_norm),
        Misconception(
            "not_divided", "the gradients are multiplied by max_norm and not divided by the norm.", clip_not_divided
        ),
        Misconception(
            "set_to_zero", "gradients that are too long are set to zero; their direction is lost.", clip_set_to_zero
        ),
    ],
)


# identity_recurrence


def identity_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(2, 4, 1, 3), (1, 3, 2, 4), (3, 4, 2, 1), (3, 1, 4, 2)]  # (B, T, D, H)
    scales = rng.uniform(0.5, 0.8, size=len(sizes))
    scales[1] = rng.uniform(1.1, 1.3)  # nothing forbids a scale above 1
    return [
        {
            "x": rng.normal(size=(B, T, D)),
            "parameters": {
                "W_xh": rng.normal(size=(D, H)) / np.sqrt(D),
                "W_hh": rng.normal(size=(H, H)) / np.sqrt(H),
                "b_h": rng.normal(size=H),
            },
            "scale": scale,
        }
        for (B, T, D, H), scale in zip(sizes, scales.tolist(), strict=True)
    ]


def first_state(case: Case) -> Case:
    return part(parts.states_alone)(case) | {"x": case["x"][:, :1]}


def _relu(a):
    return np.where(a > 0, a, 0.0)


def _run(x, started, activation=_relu, h=0.0):
    states = []
    for t in range(x.shape[1]):
        h = h if isinstance(h, np.ndarray) else np.full((len(x), len(started["b_h"])), h)
        h = activation(x[:, t] @ started["W_xh"] + h @ started["W_hh"] + started["b_h"])
        states.append(h)
    return np.stack(states, axis=1)


def _started(parameters, scale, **others):
    H = len(parameters["b_h"])
    return {"W_xh": parameters["W_xh"], "W_hh": scale * np.eye(H), "b_h": np.zeros(H)} | others


def _both(x, started):
    return started, _run(x, started)


def identity_ones_matrix(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_hh=np.full(parameters["W_hh"].shape, scale)))


def identity_added(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_hh=parameters["W_hh"] + scale * np.eye(len(parameters["b_h"]))))


def identity_diagonal_kept(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_hh=scale * np.diag(np.diag(parameters["W_hh"]))))


def identity_drawn_scaled(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_hh=scale * parameters["W_hh"]))


def identity_scale_squared(x, parameters, scale):
    return _both(x, _started(parameters, scale**2))


def identity_scale_forgotten(x, parameters, scale):
    return _both(x, _started(parameters, 1.0))


def identity_input_scaled(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_xh=scale * parameters["W_xh"]))


def identity_input_identity(x, parameters, scale):
    return _both(x, _started(parameters, scale, W_xh=np.eye(*parameters["W_xh"].shape)))


def identity_bias_kept(x, parameters, scale):
    return _both(x, _started(parameters, scale, b_h=parameters["b_h"]))


def identity_bias_ones(x, parameters, scale):
    return _both(x, _started(parameters, scale, b_h=np.ones_like(parameters["b_h"])))


def identity_tanh(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _run(x, started, np.tanh)


def identity_no_relu(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _run(x, started, lambda a: a)


def identity_absolute(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _run(x, started, np.abs)


def identity_relu_on_input(x, parameters, scale):
    started = _started(parameters, scale)
    inputs = _relu(x @ started["W_xh"])
    passed_on = {"W_xh": np.eye(inputs.shape[2]), "W_hh": started["W_hh"], "b_h": started["b_h"]}
    return started, _run(inputs, passed_on)


def identity_relu_on_state(x, parameters, scale):
    started = _started(parameters, scale)
    h, states = np.zeros((len(x), len(started["b_h"]))), []
    for t in range(x.shape[1]):
        h = x[:, t] @ started["W_xh"] + _relu(h @ started["W_hh"] + started["b_h"])
        states.append(h)
    return started, np.stack(states, axis=1)


def identity_drawn_bias(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _run(x, started | {"b_h": parameters["b_h"]})


def identity_drawn_run(x, parameters, scale):
    return _started(parameters, scale), _run(x, parameters)


def identity_state_not_fed(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _relu(x @ started["W_xh"])


def identity_from_ones(x, parameters, scale):
    started = _started(parameters, scale)
    return started, _run(x, started, h=1.0)


def identity_includes_h0(x, parameters, scale):
    started, h = _both(x, _started(parameters, scale))
    return started, np.concatenate([np.zeros_like(h[:, :1]), h], axis=1)


def identity_shifted(x, parameters, scale):
    started, h = _both(x, _started(parameters, scale))
    return started, np.concatenate([np.zeros_like(h[:, :1]), h[:, :-1]], axis=1)


def identity_time_first(x, parameters, scale):
    started, h = _both(x, _started(parameters, scale))
    return started, h.swapaxes(0, 1)


def identity_last_state(x, parameters, scale):
    started, h = _both(x, _started(parameters, scale))
    return started, h[:, -1]


def identity_in_place(x, parameters, scale):
    parameters.update(_started(parameters, scale))
    return _both(x, parameters)


IDENTITY_RECURRENCE = Exercise(
    name="identity_recurrence",
    chapter="gradient_flow",
    section="sec-identity",
    cases=identity_cases,
    axes={"started": "", "h": "BTH"},
    behaviours=[
        Behaviour(
            "weights", "replaces W_hh by s times the identity and b_h by zeros, and keeps W_xh", 2, part(parts.started_alone)
        ),
        Behaviour("first", "gives ReLU(x_1 W_xh) as the first state", 1, first_state),
        Behaviour(
            "states", "runs the ReLU network with these parameters, and gives every state", 2, part(parts.states_alone)
        ),
        Behaviour("inputs", "gives both and leaves its inputs as they were", 1, looks_at=("value", "inputs")),
    ],
    misconceptions=[
        Misconception("ones_matrix", "W_hh is full of s; the identity has it on the diagonal only.", identity_ones_matrix),
        Misconception("added", "the identity is added to the random W_hh; it has to replace it.", identity_added),
        Misconception(
            "diagonal_kept",
            "the diagonal of the random W_hh is kept and scaled; it has to be replaced.",
            identity_diagonal_kept,
        ),
        Misconception(
            "drawn_scaled", "the random W_hh is scaled; it has to be replaced by an identity.", identity_drawn_scaled
        ),
        Misconception("scale_squared", "the scale enters twice, as s squared.", identity_scale_squared),
        Misconception("scale_forgotten", "the identity is not scaled.", identity_scale_forgotten),
        Misconception("input_scaled", "W_xh is scaled too; it has to stay as it was.", identity_input_scaled),
        Misconception("input_identity", "W_xh is replaced as well; it has to stay as it was.", identity_input_identity),
        Misconception("bias_kept", "the random bias is kept; it has to be zero.", identity_bias_kept),
        Misconception("bias_ones", "the bias is set to ones; it has to be zero.", identity_bias_ones),
        Misconception("tanh", "the states go through tanh; this network uses ReLU.", identity_tanh),
        Misconception("no_relu", "the ReLU is missing: the states are those of a linear network.", identity_no_relu),
        Misconception("absolute", "negative sums change their sign; ReLU makes them zero.", identity_absolute),
        Misconception(
            "relu_on_input",
            "the ReLU is applied to the input's term alone; it belongs around the whole sum.",
            identity_relu_on_input,
        ),
        Misconception(
            "relu_on_state",
            "the ReLU is applied to the state's term alone; it belongs around the whole sum.",
            identity_relu_on_state,
        ),
        Misconception(
            "drawn_bias",
            "the states are computed with the random bias; the new one, zero, belongs there.",
            identity_drawn_bias,
        ),
        Misconception(
            "drawn_run", "the states are those of the random parameters, not of the new ones.", identity_drawn_run
        ),
        Misconception("state_not_fed", "the state is not handed to the next step.", identity_state_not_fed),
        Misconception("from_ones", "the first step starts from ones; h_0 is zero.", identity_from_ones),
        Misconception("includes_h0", "h_0 is among the states; wanted are h_1 to h_T.", identity_includes_h0),
        Misconception("shifted", "the states are those before each step; wanted are h_1 to h_T.", identity_shifted),
        Misconception("time_first", "the axes are (time, batch, unit); wanted is batch first.", identity_time_first),
        Misconception("last_state", "the last state alone is returned; wanted are all of them.", identity_last_state),
        Misconception(
            "in_place",
            "what was handed over is changed, the arrays or the dictionary; give back new ones.",
            identity_in_place,
        ),
    ],
)

ASSIGNMENT = Assignment(
    "gradient_flow",
    [STEP_JACOBIAN, JACOBIAN_PRODUCT, GRADIENT_NORMS, SPECTRAL_RADIUS, CLIP_BY_GLOBAL_NORM, IDENTITY_RECURRENCE],
)
