"""The parts of a result: what is compared one by one, with a name and a letter for each axis."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from unrolled.judging.fingerprints import array_of
from unrolled.values.compare import NOTE, Axes, difference


@dataclass(frozen=True)
class Part:
    """One part of a result, as it came and as it was expected.

    name: empty where there is one part only; axes: a letter for each axis of ``expected``, or nothing
    """

    name: str
    obtained: np.ndarray
    expected: np.ndarray
    axes: str

    def right(self, tolerance: float) -> bool:
        return difference(self.obtained, self.expected, tolerance=tolerance) is None


def parts_of(obtained: Any, expected: Any, axes: Axes) -> list[Part] | None:
    """The parts of a result; None if it has another structure than expected, or one that holds no numbers."""
    found = []
    for name, mine, theirs, letters in _paired(obtained, expected, axes):
        first, second = numbers_of(mine), numbers_of(theirs)
        if first is None or second is None:
            return None
        found.append(Part(name, first, second, letters if len(letters) == second.ndim else ""))
    return found or None


def _paired(obtained: Any, expected: Any, axes: Axes) -> Iterator[tuple[str, Any, Any, str]]:
    if isinstance(expected, dict):
        names = [name for name in expected if name != NOTE]
        if isinstance(obtained, dict) and obtained.keys() - {NOTE} == set(names):
            for name in names:
                yield name, obtained[name], expected[name], axes.get(name, "") if isinstance(axes, dict) else axes
    elif isinstance(expected, list) and all(isinstance(item, int | float) for item in expected):
        yield "", obtained, expected, ""
    elif isinstance(expected, tuple | list):
        if isinstance(obtained, tuple | list) and len(obtained) == len(expected):
            named = part_names(expected, axes)
            for name, mine, theirs in zip(named, obtained, expected, strict=True):
                yield name, mine, theirs, axes.get(name, "") if isinstance(axes, dict) else axes
    else:
        yield "", obtained, expected, axes if isinstance(axes, str) else ""


def part_names(expected: tuple | list, axes: Axes) -> list[str]:
    """What the values of a result are called: by ``axes`` if it names them, else by their number."""
    if isinstance(axes, dict) and len(axes) >= len(expected):
        return list(axes)[: len(expected)]
    return [f"value {number}" for number in range(1, len(expected) + 1)]


def numbers_of(value: Any) -> np.ndarray | None:
    """A value as an array of real numbers, if it is one, or can be."""
    array = array_of(value)
    return array if array is not None and array.dtype.kind != "c" else None
