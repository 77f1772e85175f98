"""Where a result is right: for the first sequence only, at all but the last step. It names no cause, but a place to look."""

from collections.abc import Iterator

import numpy as np

from unrolled.judging.diagnosis.layouts import axis
from unrolled.judging.diagnosis.parts import Part


def places(part: Part) -> Iterator[str]:
    """Where ``part`` is right, if one axis tells it: the rest is wrong throughout that axis."""
    mine, theirs = part.obtained, part.expected
    if mine.shape != theirs.shape or not part.axes:
        return
    right = np.isclose(mine.astype(float), theirs.astype(float), rtol=1e-5, atol=1e-8)
    for k, letter in enumerate(part.axes):
        size = theirs.shape[k]
        if size < 3 or not axis(letter):
            continue
        others = tuple(i for i in range(theirs.ndim) if i != k)
        whole, any_right = right.all(axis=others), right.any(axis=others)
        word = axis(letter)
        if whole[0] and not any_right[1:].any():
            yield f"{{}} is right at the first {word} only."
        if whole[-1] and not any_right[:-1].any():
            yield f"{{}} is right at the last {word} only."
        if whole[:-1].all() and not any_right[-1]:
            yield f"{{}} is right but for the last {word}."
        if whole[1:].all() and not any_right[0]:
            yield f"{{}} is right but for the first {word}."
