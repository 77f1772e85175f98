"""Call a student's function on prepared inputs and say, in plain data, what happened.

The same code observes in the student's own notebook and inside the grader's sandbox.
An observation holds "value" (what came back), "inputs" (what the arguments look like
afterwards), or "error" (what was raised, and where).
"""

import copy
import json
import re
import sys
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from unrolled.standins import AROUND, WrongResult, stand_in_function
from unrolled.values.codec import BadValue, StandIn, decode, encode, printable

Observation = dict[str, Any]
TIME_LIMIT = "TimeLimit"
MISSING = "MissingFunction"
NOT_THE_CALL = (MISSING, "KernelGone", "Unasked", "UnreadableAnswer")  # errors that no function of a student's raised
NOBODYS = (str(Path(__file__).parents[1]), sys.prefix, sys.base_prefix, "<__array_function__")  # where no student's code is
MAX_ANSWER = 2_000_000  # characters of one answer
MAX_ITEMS_IN_ALL = 20_000  # values of one answer, however they are nested


def observe(function: Callable, inputs: dict[str, Any]) -> Observation:
    """What ``function(**inputs)`` does: its value and the inputs afterwards, or its error.

    A stand-in among the inputs that is called ``around`` is called in its place, with the function.
    """
    arguments = {name: _argument(value) for name, value in inputs.items()}
    around = AROUND in arguments
    call = partial(arguments.pop(AROUND), function) if around else function
    try:
        value = call(**arguments)
    except (Exception, SystemExit) as error:
        return {"error": describe_error(error, function) | {"after": around and _came_after(error)}}
    changeable = {name: item for name, item in arguments.items() if isinstance(item, np.ndarray | list | dict)}
    return {"value": value, "inputs": changeable}


def _argument(value: Any) -> Any:
    if isinstance(value, StandIn):
        return stand_in_function(value.name)
    return copy.deepcopy(value)


def describe_error(error: BaseException, function: Callable) -> dict[str, Any]:
    """Type and message of ``error``, with the line of ``function`` where it came up."""
    kinds = [kind.__name__[:80] for kind in type(error).__mro__[:8]]
    description = {"type": kinds[0], "kinds": kinds, "message": _text_of(error)}
    own_file = getattr(getattr(function, "__code__", None), "co_filename", None)
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if frame.filename == own_file:
            return description | {"line": frame.lineno, "code": (frame.line or "")[:200]}
    return description


def _came_after(error: BaseException) -> bool:
    """Whether an error came up in the check's own code, in which what the function had returned was used."""
    if isinstance(error, TypeError) and re.search(r"\(\) (got|missing|takes) ", _text_of(error)):
        return False  # it was called with arguments that it does not take
    files = {frame.f_code.co_filename for frame, _ in traceback.walk_tb(error.__traceback__)}
    return all(file.startswith(NOBODYS) for file in files)


def _text_of(error: BaseException) -> str:
    try:
        return str(error)[:300]
    except Exception:  # an exception of the student's own may fail to say what it is
        return "(it has no readable message)"


def error_sentence(error: dict[str, Any]) -> str:
    """What a person is told of a call that raised ``error`` or did not end."""
    if error["type"] == "NotImplementedError":
        return "Not written yet, or the stub's raise line is still there."
    where = f" (line {error['line']}: {error.get('code', '')})" if error.get("line") else ""
    if error["type"] == TIME_LIMIT:
        return f"The call {error.get('message', '')}{where}."
    if error["type"] in (WrongResult.__name__, *NOT_THE_CALL):
        return error.get("message", "")
    if error.get("after"):
        return f"What the call returned cannot be used: {error['type']}: {error.get('message', '').strip()}."
    advice = " Keep the parameter names of the stub." if "unexpected keyword" in error.get("message", "") else ""
    return f"The call raised {error['type']}: {error.get('message', '').strip()}{where}{advice}"


class Answer:
    """An encoded observation that a kernel sends as it is, whatever formatters exist."""

    MIME = "application/vnd.unrolled+json"

    def __init__(self, observation: Observation) -> None:
        self.text = json.dumps({key: encode(value) for key, value in observation.items()})

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {self.MIME: self.text}


def answer(name: str, inputs_json: str, namespace: dict[str, Any]) -> Answer:
    """Observe ``namespace[name]`` on encoded inputs: the grader's question to a kernel."""
    function = namespace.get(name)
    if not callable(function):
        message = f"There is no function {name} in the notebook."
        if function is not None:
            message = f"{name} is no function when it is called, but of the type {type(function).__name__[:80]}."
        return Answer({"error": {"type": MISSING, "message": message}})
    return Answer(observe(function, decode(json.loads(inputs_json))))


def read_answer(text: str) -> Observation:
    """The observation that an ``Answer`` carried.

    Raises BadValue for a text that no ``Answer`` writes: it may come from code that
    nobody trusts.
    """
    if len(text) > MAX_ANSWER:
        raise BadValue("an answer far larger than any right one")
    try:
        tree = json.loads(text)
        if _more_items_than(tree, MAX_ITEMS_IN_ALL):
            raise BadValue("an answer of far more values than any right one")
        observation = {str(key): decode(item) for key, item in tree.items()}
    except (ValueError, AttributeError, RecursionError) as error:
        raise BadValue("not an observation") from error
    if isinstance(observation.get("error"), dict):
        return {"error": _clean_error(observation["error"])}
    if "value" in observation and isinstance(observation.get("inputs"), dict):
        return {"value": observation["value"], "inputs": observation["inputs"]}
    raise BadValue("an observation has a value and inputs, or an error")


def _more_items_than(tree: Any, most: int) -> bool:
    """Whether a JSON tree has more than ``most`` nodes; what a judge does with each of them takes its time."""
    waiting, count = [tree], 0
    while waiting and count <= most:
        node = waiting.pop()
        children = list(node.values()) if isinstance(node, dict) else node if isinstance(node, list) else []
        count += len(children)
        waiting += children
    return count > most


def _clean_error(error: dict[str, Any]) -> dict[str, Any]:
    texts = {key: printable(str(error.get(key, "")))[:300] for key in ("type", "message", "code")}
    line, kinds = error.get("line"), error.get("kinds")
    return texts | {
        "after": error.get("after") is True,
        "line": line if isinstance(line, int) else None,
        "kinds": [printable(str(kind))[:80] for kind in kinds[:8]] if isinstance(kinds, list) else [texts["type"]],
    }
