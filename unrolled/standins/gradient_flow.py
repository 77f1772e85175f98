"""Parts of results, one at a time, for ``gradient_flow``."""

from collections.abc import Callable
from typing import Any


def _part(result: Any, place: int, name: str) -> Any:
    """One of two results under its name; whatever else came back, as it is."""
    return {name: result[place]} if isinstance(result, tuple | list) and len(result) == 2 else result


def clipped_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 0, "clipped")


def clipped_kept(function: Callable, gradients: dict[str, Any], **inputs: Any) -> Any:
    """The clipped gradients, after the caller has gone on to use the dictionary that was handed over."""
    mine = dict(gradients)
    result = function(gradients=mine, **inputs)
    mine["added later"] = 0.0
    return _part(result, 0, "clipped")


def norm_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 1, "norm")


def started_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 0, "started")


def states_alone(function: Callable, **inputs: Any) -> Any:
    return _part(function(**inputs), 1, "h")
