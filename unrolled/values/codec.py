"""Values as plain JSON: what crosses between student code, files and the grader.

Only numbers, strings, None, lists, tuples, dictionaries with string keys and NumPy
arrays of numbers exist here; an array is its raw bytes.  Nothing is ever unpickled.
A function that is handed in is written as the name of a stand-in (see ``standins``).
"""

import base64
import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_BYTES = 1_000_000
MAX_DEPTH = 6
MAX_ITEMS = 10_000
MAX_TEXT = 2_000


class BadValue(ValueError):
    """A JSON tree that is no encoded value, or one that is too large."""


@dataclass(frozen=True)
class Unsupported:
    """A value that cannot cross, described by its type's name."""

    description: str


@dataclass(frozen=True)
class StandIn:
    """The name of a function in ``unrolled.standins``, handed in by a check, as in ``rnn.wave_step``."""

    name: str


def encode(value: Any, depth: int = 0) -> Any:
    """The JSON tree of ``value``; whatever has none becomes an ``Unsupported`` entry.

    Never raises for a strange value: the description of its type crosses instead.
    """
    if depth > MAX_DEPTH:
        return _tagged("unsupported", "a structure nested too deeply")
    if value is None or type(value) in (bool, int, str):
        return _encode_scalar(value)
    if isinstance(value, StandIn):
        return _tagged("standin", value.name)
    if type(value) is float:
        return value if math.isfinite(value) else _encode_array(np.array(value))
    if isinstance(value, np.ndarray | np.generic):
        return _encode_array(np.asarray(value))
    plain = _plain(value)
    if isinstance(plain, list | tuple):
        return _encode_items(plain, depth)
    if isinstance(plain, dict) and len(plain) <= MAX_ITEMS and all(type(key) is str for key in plain):
        return _tagged("dict", {key: encode(item, depth + 1) for key, item in plain.items()})
    return _tagged("unsupported", type(value).__name__[:100])


def _plain(value: Any) -> list | tuple | dict | None:
    """A sequence or mapping of any class, as a named tuple or an OrderedDict, in the plain one that it stands for."""
    try:
        if isinstance(value, tuple):
            return tuple(value)
        if isinstance(value, list | deque):
            return list(value)
        return dict(value) if isinstance(value, Mapping) else None
    except Exception:  # of a class of the student's own
        return None


def _tagged(tag: str, content: Any) -> dict[str, Any]:
    return {tag: content}


def _encode_scalar(value: bool | int | str | None) -> Any:
    if type(value) is str and len(value) > MAX_TEXT:
        return _tagged("unsupported", f"a text of {len(value)} characters")
    if type(value) is int and value.bit_length() > 63:
        return _tagged("unsupported", "an integer of more than 63 bits")
    return value


def _encode_array(array: np.ndarray) -> dict[str, Any]:
    if array.dtype.kind not in "biufc":
        return _tagged("unsupported", f"array of dtype {array.dtype}"[:100])
    if array.nbytes > MAX_BYTES:
        return _tagged("unsupported", f"array of shape {array.shape}, far larger than expected")
    data = base64.b64encode(np.ascontiguousarray(array).tobytes()).decode("ascii")
    return _tagged("array", [array.dtype.str, list(array.shape), data])


def _encode_items(value: list | tuple, depth: int) -> dict[str, Any]:
    kind = "tuple" if isinstance(value, tuple) else "list"
    if len(value) > MAX_ITEMS:
        return _tagged("unsupported", f"{kind} of {len(value)} items")
    return _tagged(kind, [encode(item, depth + 1) for item in value])


def decode(tree: Any, depth: int = 0) -> Any:
    """The value of a JSON tree made by ``encode``.

    Raises BadValue for anything else: the tree may come from code that nobody trusts.
    """
    if depth > MAX_DEPTH + 1:
        raise BadValue("nested too deeply")
    if tree is None or isinstance(tree, bool | int | float):
        return tree
    if isinstance(tree, str) and len(tree) <= MAX_TEXT:
        return printable(tree)
    if not isinstance(tree, dict) or len(tree) != 1:
        raise BadValue("not an encoded value")
    ((tag, content),) = tree.items()
    return _decode_tagged(tag, content, depth)


def printable(text: str) -> str:
    """The text with what no file can hold (half characters) replaced by question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _decode_tagged(tag: str, content: Any, depth: int) -> Any:
    if tag == "array":
        return _decode_array(content)
    if tag in ("list", "tuple") and isinstance(content, list) and len(content) <= MAX_ITEMS:
        items = [decode(item, depth + 1) for item in content]
        return items if tag == "list" else tuple(items)
    if tag == "dict" and isinstance(content, dict) and len(content) <= MAX_ITEMS:
        return {printable(key)[:MAX_TEXT]: decode(item, depth + 1) for key, item in content.items()}
    if tag in ("unsupported", "standin") and isinstance(content, str):
        return Unsupported(printable(content[:200])) if tag == "unsupported" else StandIn(content[:200])
    raise BadValue(f"unknown tag {str(tag)[:40]!r}")


def _decode_array(content: Any) -> np.ndarray:
    try:
        dtype_name, shape, data = content
        dtype = np.dtype(str(dtype_name)[:8])
        sizes_fit = type(shape) is list and all(type(n) is int and n >= 0 for n in shape)
        if dtype.kind not in "biufc" or len(data) > MAX_BYTES * 4 / 3 + 4 or not sizes_fit:
            raise BadValue("array of an unexpected type or size")
        array = np.frombuffer(base64.b64decode(data, validate=True), dtype=dtype)
        return array.reshape(shape).copy()
    except BadValue:
        raise
    except Exception as error:
        raise BadValue("not an encoded array") from error
