"""What NumPy's and Python's errors mean here: one sentence for those that a loop, a shape or a name causes.

Shapes in a message are those of one trial; a sentence names what they have in common in all of them.
"""

import re
from collections.abc import Callable
from typing import Any

Match = re.Match[str]


def explained(errors: list[dict[str, Any]]) -> str:
    """One sentence for errors, if it fits all of them; otherwise empty."""
    if errors and all(str(error.get("code", "")).strip().startswith("raise ") for error in errors):
        return "" if errors[0]["type"] == "NotImplementedError" else REFUSED
    for kind, pattern, explain in EXPLANATIONS:
        found = [re.search(pattern, error["message"]) if error["type"] == kind else None for error in errors]
        matches = [match for match in found if match]
        if errors and len(matches) == len(errors):
            return explain(matches)
    return ""


def _index(matches: list[Match]) -> str:
    if all(int(match[1]) == int(match[2]) for match in matches):
        return "an index runs one past the end: an axis of n places ends at place n - 1."
    return "an index runs past the end: it counts along another axis than the one it is used on."


def _operands(matches: list[Match]) -> str:
    pairs = [(_shape(match[1]), _shape(match[2])) for match in matches]
    if all(one == other[::-1] for one, other in pairs):
        return "one of two arrays that meet is transposed."
    if all(_column(one, other) or _column(other, one) for one, other in pairs):
        return "a vector stands as a column where a row is needed."
    return "two arrays meet whose shapes do not fit: they count along different axes."


def _column(one: list[int], other: list[int]) -> bool:
    """Whether ``one`` is a column that would fit ``other`` as a row."""
    return len(one) > 1 and one[-1] == 1 and bool(other) and one[-2] == other[-1]


def _shape(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def _always(sentence: str) -> Callable[[list[Match]], str]:
    return lambda _matches: sentence


def _unset(matches: list[Match]) -> str:
    return f"{matches[0][1]} is used before it has a value: on some way through the function nothing is assigned to it."


STORED = "a place was made with the size of another axis than that of what is put into it."
NONE = "something is None that should hold a value: a return is missing, or something that works in place was used."
INNER = "in a matrix product the inner sizes do not fit: the factors are exchanged, or one of them is to be transposed."

REFUSED = "a raise line of your own refuses arguments that are allowed."
TRUTH = "an array stands where one true or false is needed, as after if, and, or or: it is to be done number by number."
EMPTY = "a list stays empty that should hold something: nothing is ever put into it, or its loop does not run."
UNPACKED = "a value is taken for several, or several for one: something is missing or surplus where results are taken apart."

EXPLANATIONS: list[tuple[str, str, Callable[[list[Match]], str]]] = [
    ("IndexError", r"index (\d+) is out of bounds for axis \d+ with size (\d+)", _index),
    ("IndexError", r"(?:list|tuple) index out of range", _always("an index runs past the end of a list.")),
    ("IndexError", r"too many indices", _always("an array has fewer axes than it is indexed with.")),
    ("ValueError", r"matmul: Input operand \d has a mismatch in its core dimension", _always(INNER)),
    ("ValueError", r"shapes \S+ and \S+ not aligned", _always(INNER)),
    ("RuntimeError", r"mat1 and mat2 shapes cannot be multiplied", _always(INNER)),
    ("ValueError", r"could not be broadcast together with shapes (\([^)]*\)) (\([^)]*\))", _operands),
    ("ValueError", r"could not broadcast input array from shape (\([^)]*\)) into shape (\([^)]*\))", _always(STORED)),
    ("ValueError", r"axes don't match array", _always("an array has another number of axes than its transposition names.")),
    ("ValueError", r"cannot reshape array of size", _always("an array is reshaped to a size that it does not have.")),
    (
        "ValueError",
        r"not enough values to unpack|too many values to unpack",
        _always("a result is taken apart into another number of values than it has."),
    ),
    ("UnboundLocalError", r"local variable '(\w+)'", _unset),
    (
        "TypeError",
        r"'NoneType' object",
        _always(NONE),
    ),
    ("ValueError", r"truth value of an array", _always(TRUTH)),
    ("RuntimeError", r"Boolean value of Tensor with more than one value", _always(TRUTH)),
    ("ValueError", r"need at least one array|expected a non-empty|zero-size array|arg is an empty", _always(EMPTY)),
    ("RuntimeError", r"expected a non-empty list", _always(EMPTY)),
    ("ValueError", r"is not in list", _always("something is looked for in a list that need not hold it.")),
    ("KeyError", r"^'?([\w .-]{1,40})'?$", lambda m: f"an entry is looked for that need not be there: {m[0][1]}."),
    ("TypeError", r"object is not iterable|cannot unpack non-iterable", _always(UNPACKED)),
    ("TypeError", r"object is not subscriptable|no len\(\)", _always("a single number is treated as an array or a list.")),
    ("TypeError", r"'(\w+)' object is not callable", lambda m: f"brackets call something that is no function: {m[0][1]}."),
    ("TypeError", r"unsupported operand type", _always("an operation meets values of kinds that do not go together.")),
    ("AttributeError", r"'(\w+)' object has no attribute '(\w+)'", lambda m: f"{m[0][2]} is asked of a {m[0][1]}."),
    ("NameError", r"name '(\w+)' is not defined", lambda m: f"{m[0][1]} is used and defined nowhere."),
    ("RecursionError", r"", _always("the function calls itself without an end.")),
    ("ZeroDivisionError", r"", _always("something is divided by zero.")),
]
