"""Results missing, surplus, in another order or of another kind, while what each of them holds is right.

Each function yields sentences that complete "it looks as if …".
"""

from collections.abc import Iterator
from typing import Any

from unrolled.judging.diagnosis.layouts import same
from unrolled.judging.diagnosis.parts import numbers_of, part_names
from unrolled.values.codec import Unsupported
from unrolled.values.compare import NOTE, Axes


def structures(mine: Any, theirs: Any, axes: Axes) -> Iterator[str]:
    """What is wrong with the structure of a result."""
    if isinstance(theirs, dict):
        yield from _entries(mine, theirs)
    elif isinstance(theirs, tuple):
        yield from _several(mine, theirs, part_names(theirs, axes))
    elif not isinstance(theirs, list):
        yield from _single(mine, theirs)
    yield from _kinds(mine, theirs)


def _single(mine: Any, theirs: Any) -> Iterator[str]:
    if isinstance(mine, tuple) or (isinstance(mine, list) and not _is_list_of_numbers(mine)):
        for number, one in enumerate(mine, start=1):
            if _alike(one, theirs):
                yield f"more comes back than was asked for: the result itself is value {number} of {len(mine)}."
    if isinstance(mine, dict):
        for name, one in mine.items():
            if _alike(one, theirs):
                yield f"more comes back than was asked for: the result itself is the entry {name}."


def _several(mine: Any, theirs: tuple, names: list[str]) -> Iterator[str]:
    if not isinstance(mine, tuple | list | dict):
        for name, one in zip(names, theirs, strict=True):
            if _alike(mine, one):
                yield f"only {name} comes back; the other results are missing."
        return
    if isinstance(mine, dict):
        return
    order = [next((k for k, one in enumerate(theirs) if _alike(value, one)), -1) for value in mine]
    if len(mine) > len(theirs) and order[: len(theirs)] == list(range(len(theirs))):
        yield "more results come back than were asked for; the first ones are right."
    elif len(mine) < len(theirs) and order == list(range(len(mine))):
        yield f"only {', '.join(names[: len(mine)])} come back; the other results are missing."
    elif len(mine) == len(theirs) and sorted(order) == list(range(len(theirs))) != order:
        yield f"the results come back in the order {', '.join(names[k] for k in order)}."


def _entries(mine: Any, theirs: dict[str, Any]) -> Iterator[str]:
    wanted = {name: one for name, one in theirs.items() if name != NOTE}
    if not isinstance(mine, dict):
        return
    missing, surplus = [n for n in wanted if n not in mine], [n for n in mine if n not in wanted and n != NOTE]
    renamed = {new: old for new in surplus for old in missing if _alike(mine[new], wanted[old])}
    if surplus and len(set(renamed.values())) == len(surplus) == len(missing):
        yield f"the entries have other names than asked for: {', '.join(f'{n} for {o}' for n, o in renamed.items())}."
    elif missing and not surplus:
        yield f"{_listed(missing)} missing among the entries."
    elif surplus and not missing:
        yield f"{_listed(surplus)} not asked for."


def _listed(names: list[str]) -> str:
    return f"{', '.join(names)} {'are' if names[1:] else 'is'}"


def _kinds(mine: Any, theirs: Any) -> Iterator[str]:
    """Something that is no number, array, text or structure, or None."""
    if mine is None and theirs is not None:
        yield "nothing comes back: a return is missing, or something that works in place was returned."
    elif isinstance(mine, Unsupported):
        yield f"what comes back is of type {mine.description}, which is not what was asked for."


def _is_list_of_numbers(value: Any) -> bool:
    return all(isinstance(item, int | float) for item in value)


def _alike(one: Any, other: Any) -> bool:
    first, second = numbers_of(one), numbers_of(other)
    return first is not None and second is not None and second.size > 0 and same(first, second)
