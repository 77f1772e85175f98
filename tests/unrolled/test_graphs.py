"""Nodes hold what they are given; drawings keep every box inside and every arrow outside of boxes."""

import numpy as np
import pytest

from unrolled import graphs, plots
from unrolled.graphs import Node


def test_a_node_holds_its_value_as_real_numbers_and_starts_without_a_gradient():
    leaf = Node([1, 2])
    assert leaf.value.dtype == float and leaf.parents == () and leaf.grad is None
    assert leaf.pull_back(np.ones(2)) == ()
    child = Node(leaf.value.sum(), [leaf], lambda delta: (delta * np.ones(2),))
    assert child.parents == (leaf,) and repr(child) == "Node of shape () with 1 parents"
    assert child.pull_back(np.array(3.0))[0].tolist() == [3.0, 3.0]


def test_equal_values_are_different_nodes():
    assert len({Node(0.0), Node(0.0)}) == 2


@pytest.mark.parametrize("places", [{"a": (0, 0), "b": (5, 2), "c": (2, 1)}, {"a": (0, 0), "b": (3, 0), "c": (6, 0)}])
def test_drawing_has_a_box_for_each_node_inside_the_axes_and_arrows_between_them(places):
    texts = {"a": "a", "b": "a long text\nin two lines", "c": "c"}
    figure, axes = plots.figure(6, 2)
    graphs.draw(axes, places, texts, [("a", "c"), ("c", "b")], marked={"b": plots.COLOURS[1]})
    (left, right), (low, high) = axes.get_xlim(), axes.get_ylim()
    boxes = [patch.get_bbox() for patch in axes.patches]
    assert len(boxes) == 3
    for box in boxes:
        assert left < box.x0 < box.x1 < right and low < box.y0 < box.y1 < high
    arrows = [text for text in axes.texts if not text.get_text()]
    assert len(arrows) == 2
    for arrow in arrows:
        assert not any(box.contains(*point) for box in boxes for point in (arrow.xy, arrow.xyann))
    picture = plots.show(figure, "A drawing of three boxes.", "Three boxes and two arrows between them.")
    assert all(line in picture.svg for line in ("a long text", "in two lines"))
