"""Figures with a slider, as HTML: what is in them, and what is refused."""

import json
import re

import numpy as np
import pytest

from unrolled import plots, sliders

WORDS = {"label": "Slope <s>", "columns": ["slope", "end"], "caption": "A line & its slope.", "alt": "A line from 0 to 2."}


def made(settings=None, scale="linear", **changed):
    fig, axes = plots.figure(4, 3)
    (line,) = axes.plot([0, 1, 2], [1.0, 2.0, 3.0])
    axes.set(ylim=(0.1, 10), yscale=scale)
    ramps = {s: 1 + s * np.arange(3.0) for s in (0, 1, 2)}
    settings = settings or [sliders.Setting(f"{s}", [y], f"Slope {s}.", [f"{y[-1]}"]) for s, y in ramps.items()]
    return sliders.show(fig, [line], settings, **{"start": 1, **WORDS, **changed})


def places(html):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', html).group(1))


@pytest.mark.parametrize("scale", ["linear", "log"])
def test_places_are_those_of_the_drawing_at_the_start(scale):
    html = made(scale=scale).html()
    data = places(html)
    drawn = re.search(r'id="[^"]*-curve-0">\s*<path d="([^"]*)"', html).group(1)
    pairs = np.array(re.findall(r"(-?[\d.]+) (-?[\d.]+)", drawn), dtype=float)
    np.testing.assert_allclose(np.c_[data["x"][0], data["settings"][1]["y"][0]], pairs, atol=0.06)
    first, last = data["settings"][0]["y"][0], data["settings"][2]["y"][0]
    assert len(set(first)) == 1 and first[0] == last[0] and last[2] < first[2], "steeper is higher, and y points down"


def test_what_lies_far_outside_is_brought_near():
    wild = [np.array([1e300, 1.0, 0.0]), np.array([1e-300, 1.0, 1e9])]
    settings = [sliders.Setting(str(k), [y], "Wild.", ["1"]) for k, y in enumerate(wild)]
    for scale in ("linear", "log"):
        data = places(made(settings, scale=scale).html())
        assert max(abs(y) for s in data["settings"] for y in s["y"][0]) < 2000


def test_words_and_table_are_there_and_escaped():
    html = made().html()
    assert "Slope &lt;s&gt;" in html and "A line &amp; its slope." in html and 'aria-label="A line from 0 to 2."' in html
    assert html.count("<tr>") == 4 and '<th scope="row">2</th><td>5.0</td>' in html
    assert re.search(r'<p class="unrolled-control" hidden>', html) and "<details open>" in html
    assert '<p role="status">Slope 1.</p>' in html
    assert len(set(re.findall(r' id="([^"]+)"', html))) == len(re.findall(r' id="([^"]+)"', html))


def test_data_cannot_end_the_script():
    settings = [sliders.Setting("1", [np.ones(3)], "</script><b>", ["1"])]
    html = made(settings, start=0).html()
    assert html.count("</script>") == 2 and places(html)["settings"][0]["summary"] == "</script><b>"


def test_a_notebook_gets_html_pixels_and_words():
    bundle = made()._repr_mimebundle_()
    assert (
        bundle["text/html"].startswith("<figure") and bundle["image/png"] and "A line from 0 to 2." in bundle["text/plain"]
    )


def test_missing_words_and_settings_that_do_not_fit_are_refused():
    for name in ("label", "caption", "alt"):
        with pytest.raises(ValueError, match="needs a label"):
            made(**{name: " "})
    with pytest.raises(ValueError, match="needs a label"):
        made([sliders.Setting("1", [np.ones(3)], "", ["1"])], start=0)
    for curves, row in (([], ["1"]), ([np.ones(3)] * 2, ["1"]), ([np.ones(3)], [])):
        with pytest.raises(ValueError, match="one array for each curve"):
            made([sliders.Setting("1", curves, "One.", row)], start=0)
