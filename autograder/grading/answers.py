"""Answers to written questions that stand in cells of their own, beside the cell that was meant for them."""

from collections.abc import Iterator, Sequence

from nbformat import NotebookNode

from autograder.grading.cells import SubmittedCell, plain_words
from autograder.grading.counting import Matched
from autograder.grading.definitions import is_prose
from autograder.grading.matching import WRITTEN, is_answered, keyed
from autograder.grading.pictures import Attachments


def place_answers(release: NotebookNode, cells: Sequence[SubmittedCell], found: Matched) -> set[int]:
    """Move answers into the cells of their questions; returns the numbers of the cells that are thereby used up.

    Looked at are only questions that have no answer in their own cell: then what stands around
    that cell, or below the question if the cell is gone; and for the first question of which
    nothing is found so, what stands at the end of the notebook.
    """
    ours, used = keyed(release), set[int]()
    texts = {plain_words(c.source) for c in release.cells if c.cell_type == "markdown" and "nbgrader" not in c.metadata}
    ids = {c.id for c in release.cells}
    homes = {*found.home.values(), *found.defined.values()}
    known = {n for n, c in enumerate(cells) if n in homes or c.words in texts or ids & set(c.ids)}
    open_questions = [
        key
        for key in ours
        if key.startswith(WRITTEN) and not (key in found.home and is_answered(ours[key], cells[found.home[key]]))
    ]
    left = []
    for key in open_questions:
        numbers = _around(cells, known, _question(release, key, cells), found.home.get(key))
        left += [] if numbers else [key]
        used |= _put(key, numbers, cells, found)
    if left:
        code = [n for n, c in enumerate(cells) if c.cell_type == "code" and c.words]
        last = max([*code, *found.defined.values()], default=-1)
        numbers = [n for n in range(last + 1, len(cells)) if n not in known | used and _answers(cells[n])]
        used |= _put(left[0], numbers, cells, found)
    return used


def _question(release: NotebookNode, key: str, cells: Sequence[SubmittedCell]) -> int | None:
    """The number of the submitted cell that holds the question's text."""
    position = next(i for i, c in enumerate(release.cells) if c.metadata.get("nbgrader", {}).get("grade_id") == key)
    text = release.cells[position - 1]
    same = (n for n, c in enumerate(cells) if text.id in c.ids or c.words == plain_words(text.source))
    return next(same, None)


def _around(cells: Sequence[SubmittedCell], known: set[int], question: int | None, home: int | None) -> list[int]:
    """The numbers of cells with sentences that stand next to a question, up to the next cell that is ours or code."""
    above = [] if home is None else list(_run(cells, known, home, -1))
    start = question if home is None else home
    return [*above[::-1], *([] if start is None else _run(cells, known, start, 1))]


def _run(cells: Sequence[SubmittedCell], known: set[int], start: int, step: int) -> Iterator[int]:
    number = start + step
    while 0 <= number < len(cells) and number not in known and (_answers(cells[number]) or not cells[number].words):
        if cells[number].words:
            yield number
        number += step


def _answers(cell: SubmittedCell) -> bool:
    return is_prose(cell.source) if cell.cell_type == "code" else bool(cell.words)


def _put(key: str, numbers: list[int], cells: Sequence[SubmittedCell], found: Matched) -> set[int]:
    """Write the texts of some cells into the cell of a question; returns those that are used up."""
    if not numbers:
        return set()
    home = found.home.setdefault(key, numbers[0])
    texts = [cells[n].source.strip("\n") for n in numbers]
    pictures: Attachments = {}
    for number in numbers:
        pictures |= cells[number].pictures
    cells[home].source, cells[home].pictures, cells[home].cell_type = "\n\n".join(texts), pictures, "markdown"
    what = "a cell of its own" if len(numbers) == 1 else f"{len(numbers)} cells of its own"
    found.remarks.append(f"The answer to {key} stood in {what}; it was taken from there.")
    return set(numbers) - {home}
