"""Checks of ``spectral_radius``."""

from collections.abc import Callable

import numpy as np

from autograder.checks.spec import Behaviour, Case, Exercise, Misconception


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
