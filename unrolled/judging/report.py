"""A verdict as people read it: a block of HTML in a notebook, plain lines on a terminal.

Every state is said in words and by a mark, never by colour alone.
"""

import os
from dataclasses import dataclass
from html import escape
from pathlib import Path

from unrolled.judging.bank import Finding, Verdict

BUILT_BOOK = Path(__file__).parents[2] / "_build" / "html"
HEAD_STYLE = "font-weight: 600; margin: 0 0 .4em 0; font-size: 1.05em"
BLOCK_STYLE = (
    "border: 1px solid currentColor; border-left-width: 6px; border-radius: 4px; padding: .7em 1em; "
    "margin: .5em 0; max-width: 46em; line-height: 1.5"
)


@dataclass(frozen=True)
class Report:
    """What ``check`` returns: shows itself in a notebook and on a terminal."""

    verdict: Verdict

    def _repr_html_(self) -> str:
        return verdict_html(self.verdict)

    def __repr__(self) -> str:
        return verdict_text(self.verdict)


def headline(verdict: Verdict) -> str:
    """One line: the exercise and its points, or that it could not be graded."""
    if verdict.problem:
        return f"{verdict.exercise}: could not be graded"
    state = "all behaviours are there" if verdict.passed else "not complete yet"
    return f"{verdict.exercise}: {verdict.points} of {verdict.out_of} points, {state}"


def verdict_text(verdict: Verdict) -> str:
    """The verdict as lines of plain text."""
    lines = [headline(verdict)]
    if verdict.problem:
        return "\n".join([*lines, f"  {verdict.problem}"])
    for mistake in verdict.mistakes:
        lines += [f"  It looks as if: {mistake.says}", f"        Read: {book_address(mistake.link) or mistake.link}"]
    first = first_message(verdict)
    if first:
        lines.append(f"  {first}")
    for finding, message in zip(verdict.findings, messages(verdict), strict=True):
        mark = "[x] passed" if finding.passed else "[ ] missed"
        lines.append(f"  {mark} ({_points(finding)})  {finding.says}")
        if message:
            lines.append(f"        {message}")
    if not verdict.passed and not verdict.mistakes:
        lines.append(f"  Read: {book_address(verdict.section) or verdict.section}")
    return "\n".join(lines)


def verdict_html(verdict: Verdict) -> str:
    """The verdict as one self-contained block of HTML, light or dark as its page."""
    first = first_message(verdict)
    found = zip(verdict.findings, messages(verdict), strict=True)
    rows = "".join(_finding_html(finding, message) for finding, message in found)
    lead = f'<p style="margin: 0 0 .6em 0">{_message_html(first)}</p>' if first else ""
    listed = f'<ul style="list-style: none; padding: 0; margin: 0">{rows}</ul>'
    body = _mistakes_html(verdict) + lead + listed + _section_html(verdict)
    if verdict.problem:
        body = f'<p style="margin: 0">{_message_html(verdict.problem)}</p>'
    title = escape(headline(verdict))
    return (
        f'<div role="group" aria-label="{title}" class="unrolled-verdict" style="{BLOCK_STYLE}">'
        f'<p style="{HEAD_STYLE}">{title}</p>{body}</div>'
    )


def _points(finding: Finding) -> str:
    return f"{finding.points} point{'s' if finding.points != 1 else ''}"


def shared_message(verdict: Verdict) -> str:
    """The message that every behaviour has, if they all failed in the same way; otherwise empty."""
    different = {finding.message for finding in verdict.findings}
    return different.pop() if len(different) == 1 and len(verdict.findings) > 1 else ""


def first_message(verdict: Verdict) -> str:
    """The message that stands in front of all behaviours: where a named mistake shows first, or what all of them have."""
    missed = [finding.message for finding in verdict.findings if not finding.passed]
    return missed[0] if missed and verdict.mistakes else shared_message(verdict)


def messages(verdict: Verdict) -> list[str]:
    """Each behaviour's message, in full where it stands for the first time, and nothing where it stands in front of all."""
    first: dict[str, Finding] = {}
    for finding in verdict.findings:
        first.setdefault(finding.message, finding)
    return [_message(f, first, first_message(verdict)) for f in verdict.findings]


def _message(finding: Finding, first: dict[str, Finding], in_front: str) -> str:
    if not finding.message or finding.message == in_front:
        return ""
    before = first[finding.message]
    return finding.message if before is finding else f'The same as under "{before.says}".'


def _message_html(message: str) -> str:
    return f'<code style="white-space: pre-wrap">{escape(message)}</code>'


def _finding_html(finding: Finding, message: str) -> str:
    mark, word = ("✓", "passed") if finding.passed else ("✗", "missed")
    below = f"<br>{_message_html(message)}" if message else ""
    return (
        f'<li style="margin: .25em 0 .25em 1.6em; text-indent: -1.6em"><span aria-hidden="true">{mark}&ensp;</span>'
        f"<strong>{word}</strong> ({_points(finding)}): {escape(finding.says)}{below}</li>"
    )


def _mistakes_html(verdict: Verdict) -> str:
    return "".join(
        f'<p style="margin: 0 0 .5em 0"><strong>It looks as if:</strong> {escape(m.says)} {_link("Read why", m.link)}</p>'
        for m in verdict.mistakes
    )


def _section_html(verdict: Verdict) -> str:
    if verdict.passed or verdict.mistakes:
        return ""
    return f'<p style="margin: .5em 0 0">{_link("Read this section again", verdict.section)}</p>'


def _link(text: str, page: str) -> str:
    address = book_address(page)
    return f'<a href="{escape(address)}">{text}</a>' if address else f"{text}: {escape(page)}"


def book_address(page: str) -> str | None:
    """Where a page of the book can be read, or None if that is not known.

    The environment variable UNROLLED_BOOK holds the address of a published book;
    otherwise the book built in this copy of the course is used.
    """
    base = os.environ.get("UNROLLED_BOOK")
    if base:
        return f"{base.rstrip('/')}/{page}"
    return f"{BUILT_BOOK.as_uri()}/{page}" if BUILT_BOOK.is_dir() else None
