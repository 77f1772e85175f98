"""Figures that a reader moves: one slider, curves that follow it, and a table for those who have no scripts.

Every number is computed beforehand, in Python, for each position of the slider; the script
(``slider.js``, a few lines without a library) only shows what stands in the page already.
It travels inside the figure's HTML, so no other page loads it and a notebook shows it too.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from unrolled.plots import STYLE, Picture, mpl, plt, themed

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.lines import Line2D

SCRIPT = (Path(__file__).parent / "slider.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Setting:
    """One position of the slider.

    value: what stands beside the slider there, such as "1.2"
    curves: the y values of every curve, in the order of the curves; an array each, on the curve's own x
    summary: one or two sentences, with numbers, on what is to be seen there; a screen reader reads them out
    row: the cells of its line in the table, behind the value
    """

    value: str
    curves: list[np.ndarray]
    summary: str
    row: list[str]


@dataclass(frozen=True, repr=False)
class SlidingPicture(Picture):
    """A finished figure with a slider; where scripts do not run, the start and a table of all settings."""

    label: str
    columns: list[str]
    settings: list[Setting]
    start: int
    places: dict[str, list]

    def html(self) -> str:
        """The figure element: control, drawing, sentence, table and script."""
        name = f"slider-{hashlib.sha256(self.caption.encode()).hexdigest()[:10]}"
        now = self.settings[self.start]
        data = json.dumps(self.places, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
        return (
            f'<figure class="unrolled-figure"><div class="unrolled-slider">'
            f'<p class="unrolled-control" hidden><label for="{name}">{escape(self.label)}</label> '
            f'<input type="range" id="{name}" min="0" max="{len(self.settings) - 1}" step="1" value="{self.start}" '
            f'aria-valuetext="{escape(now.value)}"> '
            f'<span class="unrolled-value" aria-hidden="true">{escape(now.value)}</span></p>'
            f'<div class="unrolled-drawing" role="img" tabindex="0" aria-label="{escape(self.alt)}">{self.svg}</div>'
            f'<p role="status">{escape(now.summary)}</p>'
            f"<details open><summary>The numbers in a table</summary>{self._table()}</details>"
            f'<script type="application/json">{data}</script><script>{SCRIPT}</script></div>'
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )

    def _table(self) -> str:
        head = "".join(f'<th scope="col">{escape(text)}</th>' for text in self.columns)
        lines = [
            f'<tr><th scope="row">{escape(s.value)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in s.row)}</tr>'
            for s in self.settings
        ]
        return (
            f'<div class="unrolled-wide" tabindex="0" role="region" aria-label="{escape(self.label)}, in numbers">'
            f"<table><thead><tr>{head}</tr></thead><tbody>{''.join(lines)}</tbody></table></div>"
        )


def show(
    fig: Figure,
    curves: list[Line2D],
    settings: list[Setting],
    start: int,
    label: str,
    columns: list[str],
    caption: str,
    alt: str,
) -> SlidingPicture:
    """Close ``fig`` and return it with a slider that moves its ``curves``.

    curves: the lines that move, drawn already as they are at the setting ``start``; all else stays
    label: the name of what the slider changes; columns: the table's header, the slider's value first
    caption, alt: as for a still figure; the text alternative says what is drawn, the summaries give the numbers
    Raises ValueError if words are missing, or if a setting does not fit the curves or the columns.
    """
    if not all(text.strip() for text in (label, caption, alt, *(s.summary for s in settings))):
        raise ValueError(
            "A figure with a slider needs a label, a caption, a text alternative and a summary of each setting."
        )
    if any(len(s.curves) != len(curves) or len(s.row) != len(columns) - 1 for s in settings):
        raise ValueError("Every setting needs one array for each curve, and a cell for each column but the first.")
    for number, line in enumerate(curves):
        line.set_gid(f"curve-{number}")
    fig.set_dpi(72)  # the unit of the drawing, so that places on the canvas are places in it
    svg, png = io.StringIO(), io.BytesIO()
    with mpl.rc_context(STYLE | {"svg.hashsalt": caption}):
        fig.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        places = _places(fig, curves, settings)
        fig.savefig(png, format="png", dpi=80, facecolor="white")
    plt.close(fig)
    drawing = themed(svg.getvalue(), caption)
    return SlidingPicture(drawing, png.getvalue(), caption, alt, label, columns, settings, start, places)


def _places(fig: Figure, curves: list[Line2D], settings: list[Setting]) -> dict[str, list]:
    """What the script shows: places of the curves in the drawing, values and sentences."""
    height = fig.get_figheight() * 72
    x = [_on_canvas(line, np.asarray(line.get_ydata()))[0] for line in curves]
    shown = [
        {
            "value": s.value,
            "summary": s.summary,
            "y": [(height - _on_canvas(line, y)[1]).round(1).tolist() for line, y in zip(curves, s.curves, strict=True)],
        }
        for s in settings
    ]
    return {"x": [places.round(1).tolist() for places in x], "settings": shown}


def _on_canvas(line: Line2D, y: np.ndarray) -> np.ndarray:
    """Places (2, N) of a curve with these y values; what lies far outside its axes is brought near."""
    axes = cast("Axes", line.axes)
    low, high = axes.get_ylim()
    logarithmic = axes.get_yscale() == "log"
    room = (low / 10, high * 10) if logarithmic else (2 * low - high, 2 * high - low)
    return axes.transData.transform(np.c_[line.get_xdata(), np.clip(y, *room)]).T
