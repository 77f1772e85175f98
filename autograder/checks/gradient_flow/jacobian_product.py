"""Checks of ``jacobian_product``."""

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


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
