"""What the checks of ``bptt`` have in common."""

from collections.abc import Callable, Iterable

import numpy as np

from autograder.checks.spec import Case
from unrolled.standins import stand_in
from unrolled.standins.bptt import part_of, wave_step_backward


def looking_at(part: str, names: Iterable[str]) -> Callable[[Case], Case]:
    """Cases in which one part of the result is looked at; names: those of all its parts."""
    return lambda case: dict(case) | {"around": stand_in(part_of), "names": list(names), "part": part}


def time_cases(rng: np.random.Generator) -> list[Case]:
    sizes = [(3, 5, 2, 4), (1, 4, 3, 2), (4, 1, 2, 3), (2, 3, 1, 1)]  # (B, T, D, H)
    return [
        {
            "dh": rng.normal(size=(B, T, H)),
            "x": rng.normal(size=(B, T, D)),
            "h_0": np.tanh(rng.normal(size=(B, H))),
            "h": np.tanh(rng.normal(size=(B, T, H))),
        }
        for B, T, D, H in sizes
    ]


def copy_cases(rng: np.random.Generator) -> list[Case]:
    return [case | {"step_backward": stand_in(wave_step_backward)} for case in time_cases(rng)]


def first_step(case: Case) -> Case:
    """Only the first step."""
    return case | {name: case[name][:, :1] for name in ("dh", "x", "h")}


def last_loss(case: Case) -> Case | None:
    """Several steps of which only the last has a loss."""
    if case["x"].shape[1] == 1:
        return None
    dh = np.zeros_like(case["dh"])
    dh[:, -1] = case["dh"][:, -1]
    return case | {"dh": dh}


def doubled_at_the_end(dh):
    """The gradients with the last step's own loss counted twice."""
    return np.concatenate([dh[:, :-1], 2 * dh[:, -1:]], axis=1)
