"""Feedback pages: markup of students defused, texts set in a bounded time, formulas linked."""

import re
import time
from collections.abc import Callable, Collection
from functools import partial
from html import escape
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor

from autograder.gradebook.hooks import PSEUDONYM_CELL, REMARKS_CELL, Exported
from autograder.grading.pictures import PICTURE
from unrolled.calls.limits import TimeLimit, time_limit
from unrolled.judging.report import book_address

PAGE_SECONDS = 20.0  # for setting and colouring all texts of a feedback page; an ordinary one takes less than one


LEAST_SECONDS = 0.05  # for each text, when these are used up


def _spaced(word: str) -> str:
    return r"[\s\0-\x1f]*".join(word)  # browsers read an address over line ends


SCRIPT_ADDRESS = re.compile(rf"(?i)({_spaced('javascript')}|{_spaced('vbscript')}|data(?=\s*:\s*\w+/))\s*:")


LINK = re.compile(rf"{PICTURE.pattern}|\](?=[(:])")  # none can be trusted, however it is written, but our pictures


def _unlinked(match: re.Match[str]) -> str:
    return match[0].replace("](", "] (") if match["name"] else "] "


def defused(markdown: str, pictures: Collection[str] = ()) -> str:
    """Markdown without tags, links, written-out characters and addresses that are script.

    pictures: names of attachments that were looked at (see ``grading.pictures``); no other picture is shown
    """
    text = re.sub(r"&(?=#?\w+;)", "&amp;", markdown)
    text = re.sub(r"<(?=[a-zA-Z/!?])", "&lt;", text)
    text = LINK.sub(lambda match: match[0] if match["name"] in pictures else _unlinked(match), text)
    return SCRIPT_ADDRESS.sub(r"\1 :", text)


class DefuseMarkup(NbGraderPreprocessor):
    """Make the HTML in a student's own texts visible instead of active.

    The autograded notebook is shown by the formgrader, in the instructor's session, and on the feedback page.
    """

    def preprocess_cell(self, cell: NotebookNode, resources: dict[str, Any], _index: int) -> Exported:
        """Defuse one cell, unless its text is the course's own."""
        locked = cell.metadata.get("nbgrader", {}).get("locked", False)
        if cell.cell_type != "code" and not locked and cell.id not in (REMARKS_CELL, PSEUDONYM_CELL):
            cell.source = defused(cell.source, cell.get("attachments", {}))
        return cell, resources


class FeedbackExporter(HTMLExporter):
    """Writes feedback pages with the template ``templates/unrolled``.

    Setting Markdown and colouring code take minutes for texts that are made for it: what is
    not ready when a page's time is used up is shown as it was written.
    """

    def from_notebook_node(self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any) -> Any:
        """Convert a graded notebook."""
        self._left = PAGE_SECONDS
        colour = Highlight2HTML(pygments_lexer="ipython3", parent=self)
        self.register_filter("highlight_code", lambda source, **more: self._in_time(partial(colour, source, **more), source))
        return super().from_notebook_node(nb, resources, **kw)

    @pass_context
    def markdown2html(self, context: Context, source: str) -> str:
        """A cell's Markdown as HTML."""
        return self._in_time(partial(super().markdown2html, context, source), source)

    def _in_time(self, make: Callable[[], str], source: str) -> str:
        began = time.monotonic()
        try:
            with time_limit(max(self._left, LEAST_SECONDS)):
                return make()
        except TimeLimit:
            return f"<pre>{escape(source)}</pre>"
        finally:
            self._left -= time.monotonic() - began


class LinkMathJax(NbGraderPreprocessor):
    """Tell the feedback page where the book's MathJax lies."""

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> Exported:
        resources["unrolled_mathjax"] = book_address("mathjax/tex-chtml.js")
        return nb, resources
