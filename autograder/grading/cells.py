"""A submitted cell, cut down to what is read of it."""

from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.grading.pictures import Album, Attachments
from unrolled.values.codec import printable

MAX_SOURCE = 20_000  # of one cell: colouring and setting longer ones takes minutes
MAX_SOURCES = 150_000  # of all cells that are not ours
NAMED_TAGS = 10


@dataclass
class SubmittedCell:
    """What is taken from a student's cell.

    claimed: nbgrader's metadata; ids: what else may say which of our cells it was
    pictures: attachments of a text
    """

    cell_type: str
    source: str
    claimed: dict[str, Any] = field(default_factory=dict)
    tags: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    pictures: Attachments = field(default_factory=dict)

    @property
    def grade_id(self) -> str:
        return _text(self.claimed.get("grade_id"))

    @property
    def words(self) -> str:
        """The source without what editors change on their own: spaces at the ends of lines, empty lines at the ends."""
        return plain_words(self.source)


def plain_words(source: str) -> str:
    """A source for comparing: see ``SubmittedCell.words``."""
    return "\n".join(line.rstrip() for line in source.strip().split("\n"))


def clean_cells(cells: list[Any]) -> tuple[list[SubmittedCell], list[str]]:
    """Every cell of a submitted notebook, and remarks on what had to be cut."""
    album = Album()
    cleaned = [clean_cell(cell, album) for cell in cells]
    return cleaned, [*_cut(cleaned), *dict.fromkeys(album.remarks)]


def clean_cell(cell: Any, album: Album) -> SubmittedCell:
    """One cell; whatever is no cell becomes an empty one."""
    if not isinstance(cell, dict):
        return SubmittedCell("raw", "")
    source = cell.get("source", cell.get("input", ""))  # input: in notebooks of format 3
    text = "".join(map(_text, source)) if isinstance(source, list) else _text(source)
    kind = _text(cell.get("cell_type"))
    kind = {"heading": "markdown"}.get(kind, kind)
    pictures: Attachments = {}
    if kind == "markdown":
        text, pictures = album.collect(text, cell.get("attachments"), 2 * MAX_SOURCE)
    text = printable(text[: 2 * MAX_SOURCE]).replace("\r\n", "\n").replace("\r", "\n")
    metadata = _dict(cell.get("metadata"))
    tags = metadata.get("tags")
    named = [printable(_text(tag)[:40]) for tag in tags[:NAMED_TAGS]] if isinstance(tags, list) else []
    ids = [_text(cell.get("id")), _text(metadata.get("id"))]  # Colab keeps it among the metadata
    return SubmittedCell(
        kind if kind in ("code", "markdown") else "raw", text, _dict(metadata.get("nbgrader")), named, ids, pictures
    )


def free_cell(theirs: SubmittedCell, number: int) -> NotebookNode:
    """A cell of the student's own, as it will stand in the graded notebook."""
    make = {
        "code": nbformat.v4.new_code_cell,
        "markdown": nbformat.v4.new_markdown_cell,
        "raw": nbformat.v4.new_raw_cell,
    }[theirs.cell_type]
    cell = make(theirs.source, id=f"own-{number}")
    if theirs.pictures:
        cell.attachments = nbformat.from_dict(theirs.pictures)
    return cell


def _cut(cells: list[SubmittedCell]) -> list[str]:
    """Cut sources that are too long, and leave out those behind the first that are too long together."""
    found, left = [], MAX_SOURCES
    for cell in cells:
        allowed = min(MAX_SOURCE, left)
        if len(cell.source) > allowed:
            cell.source = cell.source[:allowed]
            found.append(f"More than {MAX_SOURCE:,} characters in a cell, or {MAX_SOURCES:,} in all, are cut off.")
        left -= len(cell.source)
    return found[:1]


def _text(value: Any) -> str:
    """The value if it is a text, else none: writing out what is nested almost too deep would break."""
    return value if isinstance(value, str) else ""


def _dict(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
