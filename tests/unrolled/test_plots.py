"""Figures that stand on a page by themselves: no outside, no fixed ink, words for everyone."""

import base64
import re

import matplotlib.pyplot as plt
import numpy as np
import pytest

from unrolled import plots

ID = re.compile(r'\bid="([^"]+)"')
REFERENCE = re.compile(r'(?:href="#|url\(#)([^")]+)')


def lines(axes):
    x = np.arange(10.0)
    plots.curves(axes, x, {"one": x, "two": x**2}, {"one": np.ones(10)})
    axes.set(xlabel="step", ylabel="loss", title="Loss")


def picture(draw=lines, caption="Loss over steps.", alt="Two lines."):
    figure, axes = plots.figure()
    draw(axes)
    return plots.show(figure, caption, alt)


def texts(svg):
    """Style and words of every text; spans inside a text inherit its style."""
    return re.findall(r"<text([^>]*)>(.*?)</text>", svg, flags=re.DOTALL)


def test_same_figure_has_the_same_bytes():
    assert picture() == picture()


def test_svg_refers_to_nothing_outside_itself():
    svg = picture().svg
    addresses = {a for a in re.findall(r'[\w:]*(?:href|src)="([^"]*)"', svg) if not a.startswith("#")}
    assert addresses == set() and "@import" not in svg and "<script" not in svg and "<style" not in svg
    assert set(REFERENCE.findall(svg)) <= set(ID.findall(svg)) and REFERENCE.findall(svg)
    assert not svg.startswith("<?xml") and "<!DOCTYPE" not in svg and "<metadata" not in svg


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("First.", "Second."),
        ("Gradient over the layers, with tanh.", "Gradient over the layers, with the sigmoid."),
        ("→", "↑"),
    ],
    ids=["different words", "same first words", "no words"],
)
def test_ids_of_two_figures_on_a_page_differ(one, other):
    first, second = ID.findall(picture(caption=one).svg), ID.findall(picture(caption=other).svg)
    assert len(set(first)) == len(first) and not set(first) & set(second)


def test_colours_are_variables_and_ink_is_the_pages():
    svg = picture().svg
    assert f"var(--unrolled-1, {plots.COLOURS[0]})" in svg and f"var(--unrolled-2, {plots.COLOURS[1]})" in svg
    for number, colour in enumerate(plots.COLOURS, start=1):
        assert svg.count(colour) == svg.count(f"var(--unrolled-{number}, {colour})")
    fixed = set(re.findall(r"#[0-9a-f]{6}\b", svg)) - set(plots.COLOURS)
    assert fixed == set() and "currentColor" in svg and plots.INK not in svg


def plain_words(axes):
    axes.text(0.5, 0.5, "plain")
    axes.annotate("noted", (0.2, 0.2))
    axes.set_xticks([0, 1], ["low", "high"])


def test_words_drawn_without_a_colour_are_legible_on_a_dark_page():
    svg = picture(plain_words).svg
    head = svg[: svg.index(">")]
    drawn = {words.strip(): style for style, words in texts(svg)}
    for words in ("plain", "noted", "low", "high"):
        assert "fill: currentColor" in drawn[words] or "currentColor" in head


def test_words_stay_words_in_the_font_of_the_page():
    svg = picture().svg
    assert {"step", "loss", "Loss", "one", "two"} <= {words for _, words in texts(svg)}
    assert set(re.findall(r"font-family: ([^;\"]+)", svg)) == {"inherit"}


def test_words_are_escaped_everywhere():
    evil = "<script>\"a\" & 'b'</script>"
    shown = picture(lambda axes: axes.set(title=evil), caption=evil, alt=evil)
    html = shown.html()
    assert "<script" not in html and 'aria-label="&lt;script&gt;&quot;a&quot; &amp; &#x27;b&#x27;' in html
    assert "<figcaption>&lt;script&gt;" in html


def test_picture_says_what_it_is_to_those_who_do_not_see_it():
    shown = picture(alt="Loss falls from 81 to 0.")
    html = shown.html()
    assert html.count('role="img"') == 1 and 'aria-label="Loss falls from 81 to 0."' in html
    assert re.search(r'<svg [^>]*aria-hidden="true"', html) and "<figcaption>Loss over steps.</figcaption>" in html
    assert repr(shown) == "Figure: Loss over steps.\n(Loss falls from 81 to 0.)"


def test_picture_offers_page_pixels_and_words():
    shown = picture()
    bundle = shown._repr_mimebundle_(include=None, exclude=None)
    assert set(bundle) == {"text/html", "image/png", "text/plain"}
    assert base64.b64decode(bundle["image/png"]) == shown.png and shown.png.startswith(b"\x89PNG\r\n\x1a\n")
    assert bundle["text/html"] == shown.html() and bundle["text/plain"] == repr(shown)


@pytest.mark.parametrize(("caption", "alt"), [("", "alt"), ("caption", ""), (" \n", "alt"), ("caption", "\t")])
def test_figure_without_words_is_refused(caption, alt):
    figure, _ = plots.figure()
    with pytest.raises(ValueError, match="show\\(fig, caption, alt\\)"):
        plots.show(figure, caption, alt)
    plt.close(figure)


def test_no_figure_stays_open_and_no_setting_stays_changed():
    before, opened = dict(plt.rcParams), plt.get_fignums()
    picture()
    assert plt.get_fignums() == opened and dict(plt.rcParams) == before


def test_figure_scales_with_its_page():
    figure, grid = plots.figure(6.0, 4.0, columns=3, rows=2)
    assert grid.shape == (2, 3) and tuple(figure.get_size_inches()) == (6.0, 4.0)
    head = plots.show(figure, "Six.", "Six empty panels.").svg.split(">")[0]
    assert 'viewBox="0 0 432 288"' in head and "width: 100%" in head and not re.search(r'\s(width|height)="', head)


def test_curves_are_told_apart_without_colour():
    _, axes = plots.figure()
    x = np.arange(5.0)
    plots.curves(axes, x, {str(n): x + n for n in range(6)})
    looks = [(line.get_linestyle(), line.get_marker()) for line in axes.lines]
    assert len(set(looks)) == 6
    assert [t.get_text() for t in axes.get_legend().get_texts()] == [str(n) for n in range(6)]
    plt.close()


def test_squares_tell_sign_by_filling_and_size_by_side():
    _, axes = plots.figure()
    plots.squares(axes, np.array([[2.0, -1.0], [0.0, 1.0]]))
    filled = [patch.get_facecolor()[3] > 0 for patch in axes.patches]
    sides = [patch.get_width() for patch in axes.patches]
    assert filled == [True, False, True] and np.allclose(sides, [0.9, 0.45, 0.45])
    plt.close()


def test_squares_of_zeros_draw_nothing():
    _, axes = plots.figure()
    try:
        plots.squares(axes, np.zeros((2, 3)))
        assert len(axes.patches) == 0
    finally:
        plt.close()


DRAWINGS = {
    "chain": (
        lambda a: plots.recurrent_chain(a, ["x1", "x2"], ["f", "g"], ["h0", "h1", "h2"]),
        {"x1", "f", "g", "h0", "h2"},
    ),
    "loop": (lambda a: plots.recurrent_loop(a, "x", "f", "h"), {"x", "f", "h"}),
    "task": (lambda a: plots.task_shape(a, "many to one", ["x1", "x2"], ["", "y"]), {"many to one", "x1", "x2", "y"}),
    "net": (lambda a: plots.unrolled_network(a, ["x1", "x2"], layers=4), {"1", "2", "3", "4", "0", "y", "x1", "x2"}),
}


@pytest.mark.parametrize(("draw", "words"), DRAWINGS.values(), ids=DRAWINGS)
def test_drawings_hold_their_words_in_the_pages_ink(draw, words):
    def blank(axes):
        draw(axes)
        axes.set(xlim=(-2, 6), ylim=(-2, 2))
        plots.blank(axes)

    found = texts(picture(blank).svg)
    assert words <= {text for _, text in found}
    assert all("fill: currentColor" in style or "var(--unrolled" in style for style, _ in found)


@pytest.mark.parametrize(("first", "used"), [(None, [3, 4]), (1, [1, 2])])
def test_unused_layers_of_a_net_are_dotted(first, used):
    _, axes = plots.figure()
    plots.unrolled_network(axes, ["x1", "x2"], layers=4, first=first)
    styles = [patch.get_linestyle() for patch in axes.patches[:4]]
    assert [n for n, style in enumerate(styles, start=1) if style != ":"] == used
    plt.close()
