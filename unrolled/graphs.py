"""Nodes of a computation graph, and drawings of such graphs.

``Node`` only holds things: what an operation computes, and how it passes a delta back, is
written in the assignment ``autodiff``.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from unrolled.plots import COLOURS, INK, patches

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def nothing_to_pull(_delta: np.ndarray) -> tuple:
    """The pull-back of a node that was not computed from anything."""
    return ()


class Node:
    """One value in a computation graph.

    value: array of real numbers, of any shape
    parents: the nodes that the value was computed from; none for an input or a parameter
    pull_back: a function of delta, the gradient of the loss with respect to this value (of its
        shape); returns a tuple with one array for each parent, what delta means for that parent
    grad: None, until a backward pass puts the gradient with respect to this value here
    """

    def __init__(self, value: object, parents: Iterable[Node] = (), pull_back: Callable = nothing_to_pull) -> None:
        if isinstance(parents, Node):
            raise TypeError("parents is one Node; expected a tuple of nodes: with one parent (a,), mind the comma")
        self.value = np.asarray(value, dtype=float)
        self.parents = tuple(parents)
        self.pull_back = pull_back
        self.grad: np.ndarray | None = None

    def __repr__(self) -> str:
        return f"Node of shape {self.value.shape} with {len(self.parents)} parents"


def draw(
    axes: Axes,
    places: Mapping[Hashable, tuple[float, float]],
    texts: Mapping[Hashable, str],
    edges: Iterable[tuple[Hashable, Hashable]],
    marked: Mapping[Hashable, str] | None = None,
) -> None:
    """A computation graph on all of ``axes``: a box for each node, an arrow for each edge.

    places: where each node stands, in units of its own; texts: what stands in each box
    edges: pairs (from, to)
    marked: the colour of boxes that stand out; their frame is thicker, too
    """
    points = np.array(list(places.values()), dtype=float)
    low, high = points.min(axis=0), points.max(axis=0)
    inches = np.array(axes.figure.bbox.size) / axes.figure.dpi
    sizes = {key: _half_size(texts[key]) for key in places}
    rim = np.max(list(sizes.values()), axis=0) + 0.08
    unit = ((inches - 2 * rim) / np.maximum(high - low, 1e-9)).min()  # inches for one unit of length
    low, high = low - rim / unit, high + rim / unit
    halves = {key: half / unit for key, half in sizes.items()}
    for key, place in places.items():
        _box(axes, np.array(place), halves[key], texts[key], (marked or {}).get(key), 0.06 / unit)
    for start, end in edges:
        _arrow(axes, np.array(places[start]), np.array(places[end]), halves[start], halves[end], 0.04 / unit)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]))
    axes.set_aspect("equal")
    axes.axis("off")


def _half_size(text: str) -> np.ndarray:
    """Half the width and height of a box around ``text``, in inches."""
    lines = text.split("\n")
    return np.array([0.09 + 0.047 * max(2, *map(len, lines)), 0.05 + 0.09 * len(lines)])


def _box(axes: Axes, centre: np.ndarray, half: np.ndarray, text: str, colour: str | None, rounding: float) -> None:
    edge = colour or COLOURS[0]
    style = f"round,pad=0,rounding_size={rounding}"
    (x, y), (width, height) = centre - half, 2 * half
    axes.add_patch(
        patches.FancyBboxPatch((x, y), width, height, boxstyle=style, fc="none", ec=edge, lw=2.8 if colour else 1.5)
    )
    axes.text(centre[0], centre[1], text, ha="center", va="center", color=INK)


def _arrow(axes: Axes, start: np.ndarray, end: np.ndarray, half: np.ndarray, half_end: np.ndarray, gap: float) -> None:
    """An arrow from the border of one box to the border of another."""
    first, last = _border(start, end, half, gap), _border(end, start, half_end, gap)
    style = {"arrowstyle": "-|>", "color": INK, "lw": 1.2, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 10}
    axes.annotate("", xy=(last[0], last[1]), xytext=(first[0], first[1]), arrowprops=style)


def _border(centre: np.ndarray, towards: np.ndarray, half: np.ndarray, gap: float) -> np.ndarray:
    """Where the way from ``centre`` ``towards`` another point leaves a box, and ``gap`` further."""
    way = towards - centre
    reach = np.min((half + gap) / np.maximum(np.abs(way), 1e-9))
    return centre + min(reach, 1.0) * way
