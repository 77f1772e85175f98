"""What relates the numbers that came to those expected: a factor, a sign, a term, a function, a sum, an argument.

Each function yields sentences that complete "it looks as if …" for one part that differs; ``{}`` is the part's name.
"""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from unrolled.judging.diagnosis.layouts import axis, same
from unrolled.judging.diagnosis.parts import Part

SIZES = {"B": "the number of sequences", "T": "the number of time steps", "H": "the number of units"}
FIXED = {2.0: "twice what it should be", 0.5: "half of what it should be", 4.0: "four times what it should be"}


def _sigmoid(a: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-a))


def _softmax(a: np.ndarray) -> np.ndarray:
    e = np.exp(a - a.max(axis=-1, keepdims=True)) if a.ndim else a
    return e / e.sum(axis=-1, keepdims=True) if a.ndim else a


FUNCTIONS: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "tanh": np.tanh,
    "sigmoid": _sigmoid,
    "ReLU": lambda a: np.maximum(a, 0),
    "softmax": _softmax,
    "exponential": np.exp,
    "logarithm": np.log,
    "absolute value": np.abs,
    "square": np.square,
    "square root": np.sqrt,
}


def relations(part: Part, inputs: dict[str, Any]) -> Iterator[str]:
    """What relates ``part`` to what was expected of it, the most telling first."""
    if part.obtained.shape != part.expected.shape:
        yield from _summed(part)
        yield from _not_summed(part)
        yield from _selected(part)
        return
    mine, theirs = part.obtained.astype(float), part.expected.astype(float)
    yield from _argument(mine, inputs)
    if not np.any(mine):
        yield "{} is zero throughout."
        return
    yield from _overflow(mine, theirs)
    yield from _cut_to_whole(mine, theirs)
    yield from factor(mine, theirs, part.axes)
    yield from function(mine, theirs)
    yield from another_function(mine, theirs)
    yield from _term(mine, theirs, inputs)
    yield from clipped(mine, theirs)
    yield from _added_up(mine, theirs, part.axes)
    yield from _one_for_all(mine, theirs, part.axes)


def _overflow(mine: np.ndarray, theirs: np.ndarray) -> Iterator[str]:
    """Numbers that are not finite, though those expected are."""
    if np.isfinite(theirs).all() and not np.isfinite(mine).all():
        yield "{} overflows: infinity or NaN comes out where the numbers are large."


def _cut_to_whole(mine: np.ndarray, theirs: np.ndarray) -> Iterator[str]:
    if same(mine, np.trunc(theirs)) and not same(mine, theirs):
        yield "{} is cut to whole numbers, as by an array of integers that it is stored in."
    elif same(mine, np.round(theirs)) and not same(mine, theirs):
        yield "{} is rounded to whole numbers."


def arrays_of(inputs: dict[str, Any]) -> dict[str, np.ndarray]:
    """The arguments that are arrays of numbers."""
    return {n: v for n, v in inputs.items() if isinstance(v, np.ndarray) and v.dtype.kind in "iuf" and v.size}


def _argument(mine: np.ndarray, inputs: dict[str, Any]) -> Iterator[str]:
    for name, value in arrays_of(inputs).items():
        if same(mine, value.astype(float)) and np.any(value):
            yield f"{{}} is the argument {name} as it came in."


def factor(mine: np.ndarray, theirs: np.ndarray, axes: str) -> Iterator[str]:
    large = np.abs(theirs) > 1e-9 * max(1.0, float(np.abs(theirs).max(initial=0)))
    if not large.any():
        return
    with np.errstate(all="ignore"):
        factor = float(np.median(mine[large] / theirs[large]))
    if not np.isfinite(factor) or factor == 0 or not same(mine, factor * theirs):
        return
    if np.isclose(factor, -1):
        yield "{} has the wrong sign."
    for value, words in FIXED.items():
        if np.isclose(factor, value):
            yield f"{{}} is {words}."
    for letter, size in zip(axes, mine.shape, strict=False):
        if size > 1 and np.isclose(factor, size):
            yield f"{{}} is too large by the factor {letter.upper()}, {SIZES.get(letter.upper(), 'a size')}."
        if size > 1 and np.isclose(factor, 1 / size):
            yield f"{{}} is too small by the factor {letter.upper()}, {SIZES.get(letter.upper(), 'a size')}."
    yield "{} is right up to a factor."


def function(mine: np.ndarray, theirs: np.ndarray) -> Iterator[str]:
    with np.errstate(all="ignore"):
        for name, function in FUNCTIONS.items():
            if same(mine, function(theirs)) and not same(mine, theirs):
                yield f"{{}} went through one more {name}."
            if np.isfinite(mine).all() and same(theirs, function(mine)):
                yield f"{{}} lacks its {name}."


INVERSES: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "tanh": np.arctanh,
    "sigmoid": lambda a: np.log(a / (1 - a)),
    "exponential": np.log,
    "logarithm": np.exp,
}


def another_function(mine: np.ndarray, theirs: np.ndarray) -> Iterator[str]:
    """Another non-linearity on the same sums, as far as these can be read from what was expected."""
    if same(theirs, np.round(theirs)):
        return  # tokens or counts, which went through none
    with np.errstate(all="ignore"):
        for wanted, inverse in INVERSES.items():
            sums = inverse(theirs)
            readable = np.isfinite(sums) & (np.abs(sums) < 6)
            if readable.sum() < 2:
                continue
            for name, function in FUNCTIONS.items():
                if name != wanted and name != "softmax" and same(mine[readable], function(sums[readable]), 1e-4):
                    yield f"{{}} went through the {name} in place of the {wanted}."
            if same(mine[readable], sums[readable], 1e-4):
                yield f"{{}} lacks its {wanted}."


def _term(mine: np.ndarray, theirs: np.ndarray, inputs: dict[str, Any]) -> Iterator[str]:
    """An argument that is added once too often, or not at all; also under a tanh."""
    inside = np.abs(mine).max() < 1 and np.abs(theirs).max() < 1
    gaps = [("", mine - theirs)] + ([(" before the tanh", np.arctanh(mine) - np.arctanh(theirs))] if inside else [])
    for where, gap in gaps:
        for name, value in arrays_of(inputs).items():
            if value.ndim > gap.ndim or not np.any(value) or value.shape != gap.shape[gap.ndim - value.ndim :]:
                continue
            term = np.broadcast_to(value.astype(float), gap.shape)
            if same(gap, term):
                yield f"{{}} has {name} added once too often{where}."
            if same(gap, -term):
                yield f"{{}} lacks {name}: it is not added{where}."
            if same(gap, -2 * term):
                yield f"{{}} has {name} subtracted{where}; it is to be added."


def clipped(mine: np.ndarray, theirs: np.ndarray) -> Iterator[str]:
    top, bottom = float(mine.max()), float(mine.min())
    if len(np.unique(mine[(bottom < mine) & (mine < top)])) < 2:
        return
    if theirs.max() > top and (theirs >= top).sum() > 0 and same(mine, np.minimum(theirs, top)):
        yield f"{{}} is cut off above {top:.3g}."
    elif theirs.min() < bottom and same(mine, np.maximum(theirs, bottom)):
        yield f"{{}} is cut off below {bottom:.3g}."
    elif theirs.max() > top and theirs.min() < bottom and same(mine, np.clip(theirs, bottom, top)):
        yield f"{{}} is cut off below {bottom:.3g} and above {top:.3g}."


def _added_up(mine: np.ndarray, theirs: np.ndarray, axes: str) -> Iterator[str]:
    for k in range(theirs.ndim):
        if theirs.shape[k] < 2:
            continue
        word = axis(axes[k]) if axes else "place"
        if same(mine, np.cumsum(theirs, axis=k)):
            yield f"{{}} adds up over every {word} from the first on."
        if same(theirs, np.cumsum(mine, axis=k)):
            yield f"{{}} has each {word} on its own; they are to be added up from the first on."


def _one_for_all(mine: np.ndarray, theirs: np.ndarray, axes: str) -> Iterator[str]:
    for k in range(theirs.ndim):
        if theirs.shape[k] < 2:
            continue
        word = axis(axes[k]) if axes else "place"
        for which, source in (
            ("the first", theirs.take([0], axis=k)),
            ("the last", theirs.take([-1], axis=k)),
            ("the mean", theirs.mean(axis=k, keepdims=True)),
            ("the sum", theirs.sum(axis=k, keepdims=True)),
        ):
            if same(mine, np.broadcast_to(source, theirs.shape)):
                of = word if which in ("the first", "the last") else f"over all {word}s"
                yield f"{{}} holds {which} {of} for every {word}."


def _summed(part: Part) -> Iterator[str]:
    """An axis that was summed, averaged or picked away."""
    mine, theirs = part.obtained, part.expected
    if mine.ndim >= theirs.ndim and mine.size >= theirs.size:
        return
    for words, total in (("sum", theirs.sum()), ("mean", theirs.mean())):
        if mine.size == 1 < theirs.size and same(np.asarray(mine.ravel()[0]), np.asarray(total)):
            yield f"{{}} is one number, the {words} of all that is asked for."
    for k in range(theirs.ndim):
        if theirs.shape[k] < 2:
            continue
        word = axis(part.axes[k]) if part.axes else "place"
        small = np.squeeze(mine)
        for words, reduced in (
            (f"is summed over every {word}", theirs.sum(axis=k)),
            (f"is averaged over every {word}", theirs.mean(axis=k)),
            (f"holds the first {word} only", theirs.take(0, axis=k)),
            (f"holds the last {word} only", theirs.take(-1, axis=k)),
        ):
            if same(small, np.squeeze(reduced)):
                yield f"{{}} {words}."


def _not_summed(part: Part) -> Iterator[str]:
    """One axis more than expected, along which something is still to be done."""
    mine, theirs = part.obtained, part.expected
    if mine.ndim != theirs.ndim + 1:
        return
    if mine.shape[-1] > 1 and same(mine.argmax(axis=-1), theirs):
        yield "{} holds rows of numbers where the place of the largest in each is asked for."
    for k in range(mine.ndim):
        if mine.shape[k] < 2:
            continue
        for words, reduced in (
            ("is not summed yet: add it up", mine.sum(axis=k)),
            ("is not averaged yet: take the mean", mine.mean(axis=k)),
            ("holds too much: only the last is asked for", mine.take(-1, axis=k)),
            ("holds too much: only the first is asked for", mine.take(0, axis=k)),
        ):
            if same(reduced, theirs):
                yield f"{{}} {words} along axis {k}."


def _selected(part: Part) -> Iterator[str]:
    mine, theirs = part.obtained, part.expected
    if mine.ndim == 1 and theirs.ndim and same(mine, theirs[theirs != 0]):
        yield "{} holds only the numbers that are not zero, one after the other."
