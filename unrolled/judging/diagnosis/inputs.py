"""Arguments that a call changed, although it was to leave them alone: which, and how."""

from typing import Any

import numpy as np

from unrolled.judging.diagnosis.layouts import same
from unrolled.judging.diagnosis.parts import numbers_of
from unrolled.values.compare import difference


def changed_in_place(before: dict[str, Any], after: dict[str, Any], value: Any) -> list[str]:
    """Sentences on the arguments that are not afterwards what they were, each with what became of it."""
    return [
        f"the argument {name} is changed in place: {_how(before[name], now, value)}"
        for name, now in after.items()
        if name in before and difference(now, before[name]) is not None
    ]


def _how(before: Any, after: Any, value: Any) -> str:
    """The same for all trials, so without any sizes."""
    if isinstance(before, list) and isinstance(after, list) and len(after) != len(before):
        return f"afterwards the caller's list holds {'fewer' if len(after) < len(before) else 'more'} items."
    one, other = numbers_of(before), numbers_of(after)
    if one is not None and other is not None:
        results = [numbers_of(v) for v in (value if isinstance(value, tuple | list) else [value])]
        if any(r is not None and same(r.astype(float), other.astype(float)) for r in results):
            return "the result is written into the caller's own array."
        if one.shape == other.shape and one.size > 1 and same(np.sort(one.ravel()), np.sort(other.ravel())):
            return "afterwards the caller's own numbers stand in another order."
    return "afterwards the caller's own numbers are others. Work on a copy, or on a new array."
