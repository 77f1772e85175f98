"""Functions that checks hand in: what an exercise builds on, and what is done around it.

One module for each assignment, with others for what it is made of; a stand-in's name is its module's
and its own, as in ``rnn.wave_step``. Everything here can be read by students, so nothing here is a solution.

A stand-in takes the place of an earlier exercise: ``rnn_forward`` takes the step it repeats as
an argument, and can be judged with a step that is certainly right, even if the student's own
is not.  It mixes its arguments so that a wrong order, a wrong weight or a lost state changes the result.

A stand-in handed over under the name ``around`` is called with the student's function and
the other inputs, in place of the function: it puts values together that cannot be written
as plain data, calls, and returns what came of it. It returns what the function produced,
never a judgement: whoever patches it in a notebook then has to produce the right numbers all the same.
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from unrolled.values.codec import StandIn
from unrolled.values.compare import describe

AROUND = "around"


class WrongResult(ValueError):
    """What a function returned cannot be taken apart; the message says what it is and what was expected."""


def by_name(values: Any, names: tuple[str, ...]) -> dict[str, Any]:
    """The values that a function returned, by name.

    Raises WrongResult if there are not as many as names.
    """
    if not isinstance(values, tuple | list) or len(values) != len(names):
        raise WrongResult(f"What came back is {describe(values)}; expected {len(names)} values, {', '.join(names)}.")
    return dict(zip(names, values, strict=True))


def stand_in(function: Callable) -> StandIn:
    """How a check names a function of this package, to be handed in under that name."""
    return StandIn(f"{function.__module__.removeprefix(__name__ + '.')}.{function.__name__}")


def stand_in_function(name: str) -> Callable:
    """The function with that name, such as ``rnn.wave_step``.

    Raises ImportError or AttributeError if there is none.
    """
    module, function = name.split(".")
    return getattr(import_module(f"{__name__}.{module}"), function)
