"""Checks of ``clip_by_global_norm``."""

import numpy as np

from autograder.checks.gradient_flow.common import part
from autograder.checks.spec import Behaviour, Case, Exercise, Misconception
from unrolled.standins import gradient_flow as parts


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
