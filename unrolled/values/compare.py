"""When two values count as equal, and how to say where they differ.

The order is shape, kind of number, values.  ``TOLERANCE`` is the one tolerance of the
course: float32 keeps about seven digits and loses one or two over a sequence, so right
answers computed in float32 stay within 1e-5, while the mistakes that checks look for
change results by 1e-2 or more on inputs of size one.
"""

from typing import Any

import numpy as np

from unrolled.values.codec import Unsupported

TOLERANCE = 1e-5
ROUNDING = 1e-14  # below it, a number is shown as 0
NOTE = "note"  # an entry beside the numbers of a result: what they show, in words
LONGEST_NOTE = 400
Axes = str | dict[str, str]

AXIS_NAMES = {
    "B": "sequence",
    "T": "time step",
    "t": "time step",
    "s": "state",
    "D": "input",
    "H": "unit",
    "C": "class",
    "L": "layer",
    "R": "row",
    "K": "column",
    "V": "token",
    "d": "unit",
    "f": "feature",
}
AXIS_SIZES = {"s": "T + 1", "d": "2H", "f": "K * R * Q"}  # where it is not the letter itself


def difference(obtained: Any, expected: Any, axes: Axes = "", tolerance: float = TOLERANCE) -> str | None:
    """None if ``obtained`` counts as ``expected``, otherwise one sentence that says how not.

    axes: one letter for each axis of an expected array, so that a sentence can name them; for
        several values a dictionary from the name of each to its letters, in their order; behind them may stand
        names of parts that are looked at alone. A small t is an axis of
        time that is walked from its end, as by a backward pass: there the last wrong step is the first one.
        A small s is that too, with the T + 1 states from h_0 to h_T in place of the T steps.
        A small d is the units of two directions side by side, a small f the features of a frame.

    A dictionary may have one entry more, ``NOTE``. It is said where numbers differ and never makes them right or wrong;
    but if the expected one has a note, as a known mistake may, there has to be one.
    """
    if isinstance(expected, tuple | list):
        return _sequence_difference(obtained, expected, axes, tolerance)
    if isinstance(expected, dict):
        return _dict_difference(obtained, expected, axes, tolerance)
    if expected is None or isinstance(expected, str):
        same = type(obtained) is type(expected) and obtained == expected
        return None if same else f"The result is {describe(obtained)}; expected {describe(expected)}."
    return _array_difference(obtained, np.asarray(expected), axes if isinstance(axes, str) else "", tolerance)


def describe(value: Any) -> str:
    """A few words on what ``value`` is, for a sentence."""
    if value is None:
        return "None (is a return statement missing?)"
    if isinstance(value, Unsupported):
        return f"of type {value.description}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {value.shape}"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)} items"
    return f"{type(value).__name__} {str(value)[:60]}"


def _sequence_difference(obtained: Any, expected: tuple | list, axes: Axes, tolerance: float) -> str | None:
    if type(obtained) is type(expected) is list and len(obtained) != len(expected):
        return f"The list has {len(obtained)} items; expected {len(expected)}."
    if isinstance(obtained, np.ndarray) and type(expected) is list:
        return f"The result is {describe(obtained)}; expected a list, here of {len(expected)} items."
    if not isinstance(obtained, tuple | list) or len(obtained) != len(expected):
        return f"The result is {describe(obtained)}; expected {_listed(axes, len(expected))}."
    named = isinstance(axes, dict) and len(axes) >= len(expected)
    names = list(axes)[: len(expected)] if named else [""] * len(expected)
    for number, (mine, theirs, name) in enumerate(zip(obtained, expected, names, strict=True), start=1):
        sentence = difference(mine, theirs, axes[name] if isinstance(axes, dict) and named else axes, tolerance)
        if sentence:
            return f"{name or f'Value {number} of {len(expected)}'}: {sentence}"
    return None


def _listed(axes: Axes, count: int) -> str:
    named = isinstance(axes, dict) and len(axes) >= count
    return f"{count} values, {', '.join(list(axes)[:count])}" if named else f"{count} values"


def _dict_difference(obtained: Any, expected: dict[str, Any], axes: Axes, tolerance: float) -> str | None:
    wanted = [name for name in expected if name != NOTE]
    if not isinstance(obtained, dict):
        return f"The result is {describe(obtained)}; expected the entries {', '.join(sorted(wanted))}."
    missing, surplus = sorted(set(wanted) - obtained.keys()), sorted(obtained.keys() - {NOTE} - set(wanted))
    if missing or surplus:
        sentences = [f"{name} is missing." for name in missing] + [f"{name} is not asked for." for name in surplus]
        return " ".join(sentences[:4])
    named = axes if isinstance(axes, dict) else dict.fromkeys(wanted, axes)
    for name in sorted(wanted, key=list(named).index) if named.keys() >= set(wanted) else wanted:
        sentence = difference(obtained[name], expected[name], named.get(name, ""), tolerance)
        if sentence:
            return str(obtained[NOTE])[:LONGEST_NOTE] if NOTE in obtained else f"{name}: {sentence}"
    return "There is nothing to note." if NOTE in expected and NOTE not in obtained else None


def _array_difference(obtained: Any, expected: np.ndarray, axes: str, tolerance: float) -> str | None:
    if isinstance(obtained, Unsupported) or obtained is None or isinstance(obtained, str | dict):
        return f"The result is {describe(obtained)}; expected {_wanted(expected)}."
    try:
        array = np.asarray(obtained)
    except ValueError:
        return f"The result is {describe(obtained)}; expected {_wanted(expected)}."
    if array.dtype.kind not in "biufc":
        return f"The result is {describe(obtained)}; expected {_wanted(expected)}."
    if array.shape != expected.shape:
        return f"The result has shape {array.shape}; expected shape {expected.shape}{_axes_note(axes, expected)}."
    if not _kind_fits(array.dtype.kind, expected.dtype.kind):
        return f"The result holds {_kind(array)}; expected {_kind(expected)}."
    return _value_difference(array, expected, axes, tolerance)


def _wanted(expected: np.ndarray) -> str:
    return f"an array of shape {expected.shape}" if expected.ndim else f"one number ({_kind(expected)})"


def _axes_note(axes: str, expected: np.ndarray) -> str:
    named = axes and len(axes) == expected.ndim and not set(axes) & set("RKL")
    return f" = ({', '.join(AXIS_SIZES.get(axis, axis.upper()) for axis in axes)})" if named else ""


def _kind_fits(obtained: str, expected: str) -> bool:
    """Integers count as real numbers; otherwise the kinds must agree."""
    allowed = {"f": "fiu", "i": "iu", "u": "iu", "b": "b", "c": "cf"}
    return obtained in allowed[expected]


def _kind(array: np.ndarray) -> str:
    names = {"b": "true/false values", "i": "integers", "u": "integers", "f": "real numbers", "c": "complex numbers"}
    return names[array.dtype.kind]


def _value_difference(obtained: np.ndarray, expected: np.ndarray, axes: str, tolerance: float) -> str | None:
    with np.errstate(all="ignore"):
        gap = np.abs(obtained.astype(complex) - expected.astype(complex))
        close = (gap <= tolerance * (1 + np.abs(expected))) & np.isfinite(obtained) & np.isfinite(expected)
    wrong = obtained != expected if expected.dtype.kind in "biu" else ~close
    if not wrong.any():
        return None
    first = first_index(wrong, axes)
    where = f" first at {place(first, axes)}:" if first else ""
    count = f"{int(wrong.sum())} of {wrong.size} numbers differ;" if wrong.size > 1 else "The number differs:"
    return f"{count}{where} obtained {_number(obtained[first])}, expected {_number(expected[first])}."


def first_index(wrong: np.ndarray, axes: str) -> tuple[int, ...]:
    """The index of the first wrong element: earliest time step first, if there is a time axis T, or latest for t and s."""
    indices = np.argwhere(wrong)
    for letter, sign in (("T", 1), ("t", -1), ("s", -1)):
        if letter in axes and len(axes) == wrong.ndim:
            indices = indices[np.argsort(sign * indices[:, axes.index(letter)], kind="stable")]
    return tuple(int(i) for i in indices[0])


def place(index: tuple[int, ...], axes: str) -> str:
    """Words for an index, such as "time step 2, sequence 0, unit 1"; time comes first.

    A result with fewer axes, such as the last state beside all states, lacks the axis of time.
    Layers are counted from 1, as in the course's text.
    """
    axes = axes if len(axes) == len(index) else axes.replace("T", "")[: len(index)]
    if len(axes) != len(index):
        return f"index [{', '.join(map(str, index))}]"
    named = sorted(zip(axes, index, strict=True), key=lambda pair: pair[0] not in "Tts")
    return ", ".join(f"{AXIS_NAMES[axis]} {i + 1 if axis == 'L' else i}" for axis, i in named)


def _number(value: Any) -> str:
    """A number for a sentence; what rounding left over of a zero is a zero."""
    if np.isrealobj(value) and np.asarray(value).dtype.kind == "f":
        return "0" if abs(value) < ROUNDING else f"{value:.6g}"
    return str(value)
