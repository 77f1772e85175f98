"""The course's figures: one style, drawn as SVG that follows the page from light to dark.

``figure()`` opens a figure in the course's style, ``show()`` closes it with a caption and
a text alternative.  Colours are written as CSS variables with the light value as default,
so the book's style sheet can give each a darker page's value.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from unrolled.late import Late

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

mpl: Any = Late("matplotlib")
plt: Any = Late("matplotlib.pyplot")
patches: Any = Late("matplotlib.patches")

INK = "#222222"
COLOURS = ["#0b6fb8", "#c2571a", "#1b7f5c", "#9a4c95", "#8a6d00", "#5b6470"]
LINES = ["-", "--", "-.", ":"]
MARKERS = ["o", "s", "^", "D", "v", "X"]

STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "unrolled",
    "font.family": "sans-serif",
    "font.size": 11,
    "text.color": INK,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.facecolor": "none",
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "legend.framealpha": 0.0,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.prop_cycle": f"cycler(color={COLOURS})",
    "lines.linewidth": 2.0,
    "figure.constrained_layout.use": True,
}


@dataclass(frozen=True)
class Picture:
    """A finished figure: inline SVG on a page, pixels where no HTML is shown, words on a terminal."""

    svg: str
    png: bytes
    caption: str
    alt: str

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        pixels = base64.b64encode(self.png).decode("ascii")
        return {"text/html": self.html(), "image/png": pixels, "text/plain": repr(self)}

    def html(self) -> str:
        """The figure element: drawing, text alternative and caption."""
        return (
            f'<figure class="unrolled-figure"><div class="unrolled-drawing" role="img" tabindex="0" '
            f'aria-label="{escape(self.alt)}">{self.svg}</div>'
            f"<figcaption>{escape(self.caption)}</figcaption></figure>"
        )

    def __repr__(self) -> str:
        return f"Figure: {self.caption}\n({self.alt})"


def figure(width: float = 7.0, height: float = 3.2, columns: int = 1, rows: int = 1) -> tuple[Figure, Axes]:
    """A figure of ``width`` by ``height`` inches and its axes, in the course's style."""
    with mpl.rc_context(STYLE):
        return plt.subplots(rows, columns, figsize=(width, height))


def show(fig: Figure, caption: str, alt: str) -> Picture:
    """Close ``fig`` and return it with its caption and text alternative.

    caption: what to see in the figure, printed below it
    alt: what the figure shows, for readers who do not see it: axes, shapes, trends, numbers
    Raises ValueError if either is empty.
    """
    if not caption.strip() or not alt.strip():
        raise ValueError("Every figure needs a caption and a text alternative: show(fig, caption, alt).")
    svg, png = io.StringIO(), io.BytesIO()
    with mpl.rc_context(STYLE | {"svg.hashsalt": caption}):
        fig.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        fig.savefig(png, format="png", dpi=80, facecolor="white")
    plt.close(fig)
    return Picture(themed(svg.getvalue(), caption), png.getvalue(), caption, alt)


def themed(svg: str, name: str) -> str:
    """Take off the XML head, make ids unique to this figure, and name the colours."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r'<svg [^>]*?viewBox="([^"]+)"[^>]*>', _open_svg, svg, count=1)
    svg = re.sub(r"<(metadata|style).*?</\1>", "", svg, flags=re.DOTALL)
    prefix = f"figure-{hashlib.sha256(name.encode()).hexdigest()[:10]}"
    svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', svg)
    svg = re.sub(r'(xlink:href="#|url\(#)', rf"\1{prefix}-", svg)
    svg = re.sub(r"font-family: [^;\"]+", "font-family: inherit", svg)
    svg = svg.replace(INK, "currentColor")
    for number, colour in enumerate(COLOURS, start=1):
        svg = svg.replace(colour, f"var(--unrolled-{number}, {colour})")
    return svg


def _open_svg(match: re.Match) -> str:
    width = float(match.group(1).split()[2])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="{match.group(1)}" style="width: 100%; max-width: {width * 1.4:.0f}px; height: auto; fill: currentColor" '
        f'aria-hidden="true" focusable="false">'
    )


def curves(axes: Axes, x: np.ndarray, series: dict[str, np.ndarray], spread: dict[str, np.ndarray] | None = None) -> None:
    """Draw one labelled line for each entry, told apart by colour, dash and marker.

    x: (N,); series: label to (N,); spread: label to (N,), drawn as a band of ± spread
    """
    for k, (label, y) in enumerate(series.items()):
        colour, dash, marker = (cycle[k % len(cycle)] for cycle in (COLOURS, LINES, MARKERS))
        every = max(1, len(x) // 8)
        axes.plot(x, y, label=label, color=colour, linestyle=dash, marker=marker, markevery=every, markersize=5)
        if spread is not None and label in spread:
            low, high = y - spread[label], y + spread[label]
            axes.fill_between(x, low, high, color=colour, alpha=0.15, linewidth=0)
    axes.legend(frameon=False, labelcolor=INK)


def box(axes: Axes, x: float, y: float, text: str, colour: str = COLOURS[0], size: float = 0.7) -> None:
    """A rounded box with ``text``, centred at (x, y): one layer in a network drawing."""
    low_left = (x - size / 2, y - size / 2)
    patch = patches.FancyBboxPatch(
        low_left, size, size, boxstyle="round,pad=0,rounding_size=0.12", fc="none", ec=colour, lw=1.8
    )
    axes.add_patch(patch)
    axes.text(x, y, text, ha="center", va="center", color=INK)


def arrow(axes: Axes, start: tuple[float, float], end: tuple[float, float], colour: str = INK) -> None:
    """An arrow from ``start`` to ``end`` in data coordinates."""
    axes.annotate("", xy=end, xytext=start, arrowprops={"arrowstyle": "->", "color": colour, "lw": 1.5})


def blank(axes: Axes) -> None:
    """Take axes, ticks and frame away and keep the aspect: for network drawings."""
    axes.set_aspect("equal")
    axes.axis("off")


def recurrent_chain(axes: Axes, inputs: list[str], boxes: list[str], states: list[str], x: float = 0.0) -> None:
    """A net unrolled in time from ``x`` on: inputs enter from below, the state flows right.

    inputs, boxes: one text per step; states: one text more, the initial state first
    """
    gap = 1.6
    for k, (name, text) in enumerate(zip(inputs, boxes, strict=True)):
        centre = x + gap * (k + 1)
        box(axes, centre, 0, text)
        arrow(axes, (centre, -1.15), (centre, -0.38))
        axes.text(centre, -1.4, name, ha="center", va="center", color=INK)
    for k, name in enumerate(states):
        start = x + gap * k + 0.38
        arrow(axes, (start, 0), (start + gap - 0.76, 0))
        axes.text(start + gap / 2 - 0.38, 0.22, name, ha="center", va="bottom", color=INK)


def recurrent_loop(axes: Axes, entry: str, text: str, state: str, x: float = 0.0) -> None:
    """The same net rolled up at ``x``: one box whose ``state`` comes back to it.

    entry: the text of the input below the box; text: what stands in the box
    """
    box(axes, x, 0, text)
    arrow(axes, (x, -1.15), (x, -0.38))
    axes.text(x, -1.4, entry, ha="center", va="center", color=INK)
    axes.plot([x + 0.36, x + 0.95, x + 0.95, x - 0.95, x - 0.95], [0, 0, 0.85, 0.85, 0], color=INK, lw=1.5)
    arrow(axes, (x - 0.96, 0), (x - 0.38, 0))
    axes.text(x, 0.97, state, ha="center", va="bottom", color=INK)


def squares(axes: Axes, values: np.ndarray, largest: float | None = None) -> None:
    """Draw a matrix as squares: the side grows with the size, filled is positive, open is negative.

    values: (rows, columns), row 0 on top
    largest: the absolute value that fills its place; the largest in ``values`` if None
    """
    top = largest or np.abs(values).max(initial=0.0) or 1.0
    for (row, column), value in np.ndenumerate(values):
        side = 0.9 * min(abs(value) / top, 1.0)
        if side < 0.05:
            continue
        look = {"fc": COLOURS[0], "ec": "none"} if value > 0 else {"fc": "none", "ec": COLOURS[1], "lw": 1.2}
        axes.add_patch(patches.Rectangle((column - side / 2, row - side / 2), side, side, **look))
    axes.set(xlim=(-0.7, values.shape[1] - 0.3), ylim=(values.shape[0] - 0.3, -0.7))
    axes.set_aspect("equal")


def task_shape(axes: Axes, title: str, inputs: list[str], outputs: list[str], x: float = 0.0, y: float = 0.0) -> None:
    """What goes in and what comes out at each step: one box per step, first step at (x, y).

    inputs, outputs: one text per step, "" where nothing goes in or comes out
    """
    for k, (below, above) in enumerate(zip(inputs, outputs, strict=True)):
        centre = x + k
        box(axes, centre, y, "", size=0.6)
        if k > 0:
            arrow(axes, (centre - 0.7, y), (centre - 0.3, y))
        if below:
            arrow(axes, (centre, y - 0.95), (centre, y - 0.32))
            axes.text(centre, y - 1.2, below, ha="center", va="center", color=INK)
        if above:
            arrow(axes, (centre, y + 0.32), (centre, y + 0.95))
            axes.text(centre, y + 1.2, above, ha="center", va="center", color=INK)
    axes.text(x + (len(inputs) - 1) / 2, y - 1.85, title, ha="center", va="center", color=INK)


def unrolled_network(axes: Axes, inputs: list[str], layers: int, first: int | None = None, y: float = 0.0) -> None:
    """A net with one layer per input, layer 1 at (1, y), one unit of length per layer.

    inputs: one text for each input; layers: how many layers the net has
    first: the layer that reads the first input; by default the inputs use the last layers
    Layers that read nothing are dotted; "0" marks the virtual layer of zeros, "y" the output.
    """
    start = layers - len(inputs) + 1 if first is None else first
    last = start + len(inputs) - 1
    for number in range(1, layers + 1):
        used = start <= number <= last
        box(axes, number, y, str(number), colour=COLOURS[0] if used else COLOURS[5], size=0.56)
        if not used:
            axes.patches[-1].set_linestyle(":")
    axes.text(start - 0.52, y + 0.08, "0", ha="center", va="bottom", color=COLOURS[1], fontweight="bold")
    for number in range(start, last + 1):
        arrow(axes, (number - 0.72, y), (number - 0.28, y))
    for number, name in enumerate(inputs, start=start):
        arrow(axes, (number, y - 0.85), (number, y - 0.3))
        axes.text(number, y - 1.05, name, ha="center", va="center", color=INK)
    arrow(axes, (last, y + 0.3), (last, y + 0.85))
    axes.text(last, y + 1.0, "y", ha="center", va="center", color=INK)
