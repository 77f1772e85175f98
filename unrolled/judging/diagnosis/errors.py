"""What NumPy's and Python's errors mean here: one sentence for those that a loop, a shape or a name causes.

Shapes in a message are those of one trial; a sentence names what they have in common in all of them.
"""

import re
from collections.abc import Callable

Match = re.Match[str]


def explained(messages: list[tuple[str, str]]) -> str:
    """One sentence for errors given as (type, message), if it fits all of them; otherwise empty."""
    for kind, pattern, explain in EXPLANATIONS:
        found = [re.search(pattern, message) if error == kind else None for error, message in messages]
        matches = [match for match in found if match]
        if messages and len(matches) == len(messages):
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
    ("RecursionError", r"", _always("the function calls itself without an end.")),
    ("ZeroDivisionError", r"", _always("something is divided by zero.")),
]
