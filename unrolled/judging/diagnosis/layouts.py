"""Right numbers in the wrong place: shapes, orders, and results in each other's place.

Each function yields sentences that complete "it looks as if …" for one part that differs.
"""

from collections.abc import Iterator
from itertools import permutations

import numpy as np

from unrolled.judging.diagnosis.parts import Part
from unrolled.values.compare import AXIS_NAMES


def axis(letter: str) -> str:
    """A word for an axis, as in "time step"."""
    return AXIS_NAMES.get(letter, "")


def same(one: np.ndarray, other: np.ndarray, off: float = 1e-5) -> bool:
    """Equal shapes and, up to rounding, equal numbers; infinities and NaN only where the other has them."""
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=off, atol=1e-8, equal_nan=True))


def layouts(part: Part) -> Iterator[str]:
    """What is wrong with the places of the numbers of ``part``, if all of them are there."""
    mine, theirs = part.obtained, part.expected
    if mine.shape != theirs.shape:
        yield from _axes_of_one(part)
        yield from _cut(part)
    if mine.ndim == theirs.ndim >= 2:
        yield from _transposed(part)
    if mine.shape == theirs.shape:
        yield from _turned(part)
    if mine.size == theirs.size > 1 and len(np.unique(theirs)) > 2:
        if mine.shape != theirs.shape and same(mine.ravel(), theirs.ravel()):
            yield f"{{}} has the right numbers in the shape {_shape(mine)} in place of {_shape(theirs)}; it is reshaped."
        elif same(np.sort(mine.ravel()), np.sort(theirs.ravel())):
            yield "{} has the right numbers in another order."


def _shape(array: np.ndarray) -> str:
    return f"of {array.ndim} axes" if array.ndim else "of one number"


def _axes_of_one(part: Part) -> Iterator[str]:
    mine, theirs = part.obtained, part.expected
    if not same(np.squeeze(mine), np.squeeze(theirs)):
        return
    if mine.ndim > theirs.ndim:
        yield "{} has an axis of size 1 too many: the numbers are right, the shape is not."
    elif mine.ndim < theirs.ndim:
        yield "{} lacks an axis of size 1: the numbers are right, the shape is not."
    else:
        yield "{} has its axes in another order."


def _transposed(part: Part) -> Iterator[str]:
    mine, theirs = part.obtained, part.expected
    for order in permutations(range(theirs.ndim)):
        if list(order) != sorted(order) and same(mine, theirs.transpose(order)):
            if theirs.ndim == 2:
                yield "{} is transposed."
            words = [axis(part.axes[k]) for k in order] if part.axes else []
            if all(words):
                yield f"{{}} has its axes in the order ({', '.join(words)})."
            yield "{} has its axes in another order."


def _cut(part: Part) -> Iterator[str]:
    """One place too many or too few along one axis."""
    mine, theirs = part.obtained, part.expected
    if mine.ndim != theirs.ndim:
        return
    for k in range(theirs.ndim):
        word = axis(part.axes[k]) if part.axes else "place"
        more = mine.shape[k] - theirs.shape[k]
        others = [n for i, n in enumerate(mine.shape) if i != k] == [n for i, n in enumerate(theirs.shape) if i != k]
        if not others or more == 0:
            continue
        longer, shorter = (mine, theirs) if more > 0 else (theirs, mine)
        size = shorter.shape[k]
        head, tail = longer.take(range(size), axis=k), longer.take(range(longer.shape[k] - size, longer.shape[k]), axis=k)
        if abs(more) >= 2 and same(longer.take(range(1, 1 + size), axis=k), shorter) and abs(more) == 2:
            yield f"{{}} {'has' if more > 0 else 'lacks'} one more {word} at each end."
        counts = ["one", "some"] if abs(more) == 1 else ["some"]
        for count in counts:
            too = f"{{}} has {count} {word}{'s' if count == 'some' else ''} too"
            if same(head, shorter) and size:
                yield f"{too} {'many at its end' if more > 0 else 'few: the end is missing'}."
            if same(tail, shorter) and size:
                yield f"{too} {'many at its beginning' if more > 0 else 'few: the beginning is missing'}."


def _turned(part: Part) -> Iterator[str]:
    """Reversed, or moved by one place, along one axis."""
    mine, theirs = part.obtained, part.expected
    for k in range(theirs.ndim):
        if theirs.shape[k] < 2:
            continue
        word = axis(part.axes[k]) if part.axes else "place"
        if same(mine, np.flip(theirs, axis=k)):
            yield f"{{}} is in reverse: the last {word} comes first."
        size = theirs.shape[k]
        early, late = range(1, size), range(size - 1)
        if len(np.unique(theirs.take(early, axis=k))) < 2 or len(np.unique(theirs.take(late, axis=k))) < 2:
            continue
        if same(mine.take(late, axis=k), theirs.take(early, axis=k)):
            yield f"{{}} is one {word} early: each {word} holds what belongs to the next."
        if same(mine.take(early, axis=k), theirs.take(late, axis=k)):
            yield f"{{}} is one {word} late: each {word} holds what belongs to the one before."
