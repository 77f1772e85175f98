"""Which of several cells counts: of a function the last complete definition, of a check the first, of an answer the last."""

from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.grading.definitions import Definition, Kind, taken_out
from autograder.grading.matching import EXERCISE, WRITTEN, Release, Seen, is_answered


@dataclass
class Matched:
    """Where in the submission our cells are.

    home: the key of a cell of ours to the number of the submitted one that stands for it
    defined: the key of a solution cell to the number of the submitted cell whose definition counts
    remarks: what was recognised, taken from elsewhere or left out, in words
    """

    home: dict[str, int] = field(default_factory=dict)
    defined: dict[str, int] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


Counting = tuple[int, Definition]  # the number of a cell, and the definition in it


def that_count(ours: Release, seen: Seen) -> Matched:
    """Find for each of our cells the one that counts.

    Sources are changed in place where an unfinished definition would come after the one that counts.
    """
    found = Matched()
    for key, numbers in seen.claims.items():
        if not key.startswith(EXERCISE):
            found.home[key] = _first_or_answered(ours[key], numbers, seen)
    taken = set(found.home.values())
    counting = {key: one for key in seen.names if (one := _definition(key, seen, taken)) is not None}
    found.defined = {key: number for key, (number, _) in counting.items()}
    _give_homes(found, seen)
    found.remarks += _of_what_was_recognised(found, seen)
    for key, one in counting.items():
        found.remarks += [*_of_definitions(key, one, seen), *_stubs_left_out(seen.names[key], one, seen)]
    found.remarks += [
        f"The cell {key} appears more than once; the {'last answer' if key.startswith(WRITTEN) else 'first one'} counts."
        for key, numbers in seen.claims.items()
        if len(numbers) > 1 and not key.startswith(EXERCISE)
    ]
    return found


def _first_or_answered(ours: NotebookNode, numbers: list[int], seen: Seen) -> int:
    answered = [n for n in numbers if is_answered(ours, seen.cells[n])]
    return answered[-1] if answered and ours.metadata.nbgrader.grade_id.startswith(WRITTEN) else numbers[0]


def _definition(key: str, seen: Seen, taken: set[int]) -> Counting | None:
    """The definition that counts; None if there is none outside the cells ``taken``.

    A solution cell that is not empty may define its function by means that nobody sees.
    """
    name = seen.names[key]
    found = [(n, d) for n, ds in seen.defined.items() if n not in taken for d in ds if d.name == name]
    known = {n for n, _ in found}
    unseen = [n for n in seen.claims.get(key, []) if n not in known and seen.cells[n].words]
    found += [(n, Definition(name, Kind.UNREADABLE)) for n in unseen]
    return max(found, key=lambda one: (one[1].kind, one[0], one[1].first), default=None)


def _give_homes(found: Matched, seen: Seen) -> None:
    """Let each function's definition stand in its solution cell; of several in one cell the first has it."""
    taken = set(found.home.values())
    for needs_claim in (True, False):
        for key, number in found.defined.items():
            if key not in found.home and number not in taken and (not needs_claim or number in seen.claims.get(key, [])):
                found.home[key] = number
                taken.add(number)
    for key, numbers in seen.claims.items():
        free = [n for n in numbers if n not in taken]
        if key not in found.home and free:
            found.home[key] = free[0]
            taken.add(free[0])


def _of_what_was_recognised(found: Matched, seen: Seen) -> list[str]:
    count = seen.recognised + sum(key not in seen.claims for key in found.defined)
    cells = f"{count} cell{'s' if count > 1 else ''}"
    how = "recognised by id, by check(...) or by the function defined"
    return [f"{cells} without nbgrader's marks: {how}."] if count else []


def _of_definitions(key: str, counting: Counting, seen: Seen) -> list[str]:
    """A remark on a function of which there is more than one definition, or one that stands elsewhere."""
    (number, one), name, claimed = counting, seen.names[key], seen.claims.get(key, [])
    if len(claimed) > 1:
        return [f"The cell {key} appears more than once; the last complete definition of {name} counts."]
    written = {n for n, ds in seen.defined.items() for d in ds if d.name == name and d.kind > Kind.UNFINISHED}
    if len({seen.cells[n].words for n in written}) > 1:
        return [f"{name} is defined in more than one cell; the last complete definition, in cell {number + 1}, counts."]
    if claimed and number not in claimed and one.kind > Kind.UNFINISHED:
        return [f"{name} is not written in its cell {key}; its definition in cell {number + 1} counts."]
    return []


def _stubs_left_out(name: str, counting: Counting, seen: Seen) -> list[str]:
    """Turn unfinished definitions that come after the one that counts into comments; returns remarks."""
    number, one = counting
    if one.kind < Kind.ASSIGNED:
        return []
    remarks = []
    for later, its in seen.defined.items():
        stubs = [d for d in its if d.name == name and d.kind is Kind.UNFINISHED and (later, d.first) > (number, one.first)]
        if stubs:
            seen.cells[later].source = taken_out(seen.cells[later].source, stubs)
            remarks.append(f"An unfinished {name} in cell {later + 1}, below the complete one, is left out.")
    return remarks
