"""``check(function)``: the instant answer to "is this right, and if not, what is it?"."""

from collections.abc import Callable
from typing import Any

from unrolled.calls.limits import TimeLimit, time_limit
from unrolled.calls.probes import Answer, Observation, describe_error, observe, read_answer
from unrolled.judging.asking import ask_all
from unrolled.judging.banks import shipped_banks
from unrolled.judging.judge import judge
from unrolled.judging.report import Report

SECONDS_PER_CALL = 5.0


class UnknownExercise(Exception):
    """``check`` was called with something that is no function of an assignment."""


def check(function: Callable) -> Report:
    """Compare ``function`` with the prepared examples of the exercise of the same name.

    Shows each behaviour as passed or missed, with points, the first place where values
    differ, and the known mistake that would give the same values, if there is one.
    Raises UnknownExercise if no exercise has the function's name.
    """
    name = getattr(function, "__name__", None)
    banks = shipped_banks()
    if not callable(function) or name not in banks:
        shown = name or f"a {type(function).__name__}"
        raise UnknownExercise(
            f"check() knows no exercise called {shown!r}. Pass the function itself, as in check({next(iter(banks))}); "
            f"the exercises are {', '.join(banks)}."
        )
    bank = banks[name]
    return Report(judge(bank, ask_all(bank, lambda inputs: observe_limited(function, inputs))))


def observe_limited(function: Callable, inputs: dict[str, Any]) -> Observation:
    """The observation of one call that is stopped after ``SECONDS_PER_CALL``."""
    try:
        with time_limit(SECONDS_PER_CALL):
            observation = observe(function, inputs)
    except TimeLimit as stop:
        observation = {"error": describe_error(stop, function)}
        observation["error"]["message"] = f"did not end within {SECONDS_PER_CALL:g} seconds"
    return read_answer(Answer(observation).text)
