"""A result in a few numbers: enough to see whether two are the same, too few to copy one from.

Of each part of a result a digest of its structure is kept, and one number: the sum of its numbers with fixed weights,
sin(1), sin(4), sin(9), … Two different results agree in it by chance about once in a hundred thousand times, and a mistake
is recognised by several results. A part is one of several values or entries; the arguments afterwards are one more.
"""

import re
import struct
from dataclasses import dataclass
from functools import cache
from typing import Any
from zlib import crc32

import numpy as np

from unrolled.calls.probes import Observation
from unrolled.judging.bank import Print
from unrolled.values.codec import Unsupported
from unrolled.values.compare import NOTE

ROUNDING = 1e-6  # relative: a sum is kept as a 32-bit number
PART = struct.Struct("<Hf")
AS_EXPECTED = 255  # in place of a number of parts
ERROR = 0  # in place of a digest; the number is a digest of the error's type


@dataclass(frozen=True)
class Measured:
    """What an observation looks like, to be compared with fingerprints.

    parts: of each the digest of its structure, the weighted sum, and how far that may be off with a tolerance of 1
    """

    parts: tuple[tuple[int, float, float], ...]

    @property
    def print(self) -> Print:
        return tuple((tag, total) for tag, total, _ in self.parts)

    def agrees(self, other: Print, tolerance: float) -> bool:
        """Whether the results count as the same: structures alike, and sums as near as the numbers may be."""
        return len(self.parts) == len(other) and all(
            tag == theirs and abs(total - value) <= tolerance * slack + ROUNDING * abs(value)
            for (tag, total, slack), (theirs, value) in zip(self.parts, other, strict=True)
        )


def measured(observation: Observation, looks_at: tuple[str, ...]) -> Measured:
    """An observation, as far as a behaviour looks at it."""
    if "error" in observation:
        return Measured(((ERROR, float(_tag(observation["error"]["type"])), 0.0),))
    parts = []
    for name in looks_at:
        parts += _parts(observation[name]) if name == "value" else [observation[name]]
    return Measured(tuple(map(_measured, parts)))


def alike(one: Print | None, other: Print | None) -> bool:
    """Whether two fingerprints are of the same result, up to what rounding changes."""
    if one is None or other is None or len(one) != len(other):
        return one is other
    return all(t == u and abs(a - b) <= 1e-5 * (1 + abs(a)) for (t, a), (u, b) in zip(one, other, strict=True))


def is_error(print_: Print | None) -> bool:
    """Whether a fingerprint is of a call that raised an error."""
    return print_ is not None and any(tag == ERROR for tag, _ in print_)


def pack(print_: Print | None) -> bytes:
    """A fingerprint in a few bytes; None, for a result that is as expected, in one."""
    if print_ is None:
        return bytes([AS_EXPECTED])
    return bytes([len(print_)]) + b"".join(PART.pack(tag, total) for tag, total in print_)


def unpack(data: bytes) -> list[Print | None]:
    """All fingerprints that were packed one behind the other."""
    found: list[Print | None] = []
    place = 0
    while place < len(data):
        count, place = data[place], place + 1
        if count == AS_EXPECTED:
            found.append(None)
            continue
        end = place + count * PART.size
        found.append(tuple((int(tag), float(total)) for tag, total in PART.iter_unpack(data[place:end])))
        place = end
    return found


def _parts(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [[name, value[name]] for name in sorted(value) if name != NOTE]
    several = isinstance(value, list | tuple) and not all(isinstance(item, int | float) for item in value)
    return list(value) if several and len(value) < AS_EXPECTED else [value]


def _measured(part: Any) -> tuple[int, float, float]:
    numbers: list[np.ndarray] = []
    structure = _structure(part, numbers)
    flat = np.concatenate([np.zeros(0), *numbers])
    weights = _weights(len(flat))
    slack = np.abs(weights) * (1 + np.abs(flat))
    return _tag(structure), float(weights @ flat), float(min(slack.sum(), 3 * np.sqrt(slack @ slack)))


def _structure(value: Any, numbers: list[np.ndarray]) -> str:
    """The structure of a value in words; its numbers are added to ``numbers``, infinities and NaN as zeros."""
    if value is None or isinstance(value, str | Unsupported):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ",".join(f"{name}:{_structure(value[name], numbers)}" for name in sorted(value) if name != NOTE) + "}"
    array = array_of(value)
    if array is None:
        return "[" + ",".join(_structure(item, numbers) for item in value) + "]"
    flat = array.ravel()
    flat = np.concatenate([flat.real, flat.imag]) if flat.dtype.kind == "c" else flat.astype(float)
    finite = np.isfinite(flat)
    with np.errstate(all="ignore"):
        numbers.append(np.where(finite, np.clip(flat, -1e30, 1e30), 0.0))
    return str(array.shape) if finite.all() else f"{array.shape}{np.packbits(finite).tobytes().hex()}"


def array_of(value: Any) -> np.ndarray | None:
    """A value as an array of numbers, if it is one, or can be."""
    try:
        array = np.asarray(value)
    except ValueError:
        return None
    return array if array.dtype.kind in "biufc" else None


@cache
def _weights(count: int) -> np.ndarray:
    return np.sin(np.arange(1.0, count + 1) ** 2)


def _tag(structure: str) -> int:
    """Of a text, without places in memory, which are others in each run."""
    return 1 + crc32(re.sub(r" at 0x[0-9a-f]+", "", structure).encode()) % 0xFFFF
