"""Parts of results, one at a time, for ``gradient_flow``."""

from collections.abc import Callable
from typing import Any


def _part(result: Any, place: int, name: str) -> Any:
    """One of two results under its name; whatever else came back, as it is."""
    return {name: result[place]} if isinstance(result, tuple | list) and len(result) == 2 else result


def clipped_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 0, "clipped")


def norm_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 1, "norm")


def started_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 0, "started")


def states_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 1, "h")
