"""What relates single numbers that came to those expected, seen over all trials together: one tells nothing, several do."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from unrolled.judging.diagnosis.layouts import same
from unrolled.judging.diagnosis.parts import Part
from unrolled.judging.diagnosis.relations import another_function, clipped, factor, function

CONSTANTS = {
    1 / np.log(2): "is in bits: the logarithm is the one to the base 2",
    100.0: "is in per cent",
    0.01: "is a hundredth of what it should be",
}


def over_trials(parts: list[Part], inputs: list[dict[str, Any]]) -> Iterator[str]:
    """What relates the numbers of one part of a result in several trials; inputs: the arguments in each of them."""
    if any(p.obtained.shape != p.expected.shape for p in parts):
        return
    mine = np.concatenate([p.obtained.ravel() for p in parts]).astype(float)
    theirs = np.concatenate([p.expected.ravel() for p in parts]).astype(float)
    if not np.any(mine):
        yield "{} is zero throughout."
        return
    for value, words in CONSTANTS.items():
        if same(mine, value * theirs):
            yield f"{{}} {words}."
    yield from factor(mine, theirs, "")
    yield from _size(parts, inputs)
    yield from function(mine, theirs)
    yield from another_function(mine, theirs)
    yield from _offset(mine, theirs)
    yield from clipped(mine, theirs)


def _offset(mine: np.ndarray, theirs: np.ndarray) -> Iterator[str]:
    gap = mine - theirs
    if np.isfinite(gap).all() and same(gap, np.full_like(gap, gap[0])) and gap[0]:
        yield f"{{}} is too {'large' if gap[0] > 0 else 'small'} by {abs(gap[0]):.4g} throughout."


def _size(parts: list[Part], inputs: list[dict[str, Any]]) -> Iterator[str]:
    """A factor that is the size of some axis of an argument, in all trials."""
    with np.errstate(all="ignore"):
        ratios = [np.asarray(p.obtained, dtype=float) / np.asarray(p.expected, dtype=float) for p in parts]
    arrays = [{n: v for n, v in one.items() if isinstance(v, np.ndarray)} for one in inputs]
    for name, first in (arrays[0] if arrays else {}).items():
        for k in range(first.ndim):
            sizes = [one[name].shape[k] if name in one and one[name].ndim > k else 0 for one in arrays]
            if len(set(sizes)) < 2:
                continue
            for words, wanted in (("large", sizes), ("small", [1 / s if s else 0 for s in sizes])):
                if all(same(ratio, np.full_like(ratio, size)) for ratio, size in zip(ratios, wanted, strict=True)):
                    yield f"{{}} is too {words} by a factor: the size of axis {k} of {name}."
