"""Figures with a slider: moved by keyboard, read out, and a table where scripts do not run."""

import json
import re
from html import unescape

import pytest

from autograder.paths import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("book")]
NAMES = [f"book/{path.stem}" for path in sorted((ROOT / "book").glob("*.md")) if "sliders.show(" in path.read_text()]
SEEN = """box => ({
    value: box.querySelector('input').getAttribute('aria-valuetext'),
    beside: box.querySelector('.unrolled-value').textContent,
    summary: box.querySelector('[role=status]').textContent,
    paths: [...box.querySelectorAll("[id*='-curve-'] path")].map(path => path.getAttribute('d')),
    control: !box.querySelector('.unrolled-control').hidden,
    table: box.querySelector('details').open,
})"""


def computed(built, name):
    """The settings that Python wrote into the page's first figure with a slider."""
    page = (built / f"{name}.html").read_text()
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', page).group(1))["settings"]


def test_some_chapter_has_a_slider():
    assert "book/gradient_flow" in NAMES


@pytest.mark.parametrize("name", NAMES)
def test_keys_move_the_figure_and_its_numbers(browser, served, built, name):
    settings = computed(built, name)
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{served}{name}.html", wait_until="load")
    box = page.locator(".unrolled-slider").first
    before = box.evaluate(SEEN)
    assert before["control"] and not before["table"]
    box.locator("label").click()  # a click on the label gives the control the focus
    assert page.evaluate("document.activeElement.type") == "range"
    start = int(box.locator("input").input_value())
    seen = {}
    for key, place in (
        *(("ArrowRight", start + 1), ("ArrowRight", start + 2), ("ArrowLeft", start + 1)),
        *(("Home", 0), ("End", len(settings) - 1)),
    ):
        page.keyboard.press(key)
        now = box.evaluate(SEEN)
        assert (now["value"], now["beside"], now["summary"]) == (
            settings[place]["value"],
            settings[place]["value"],
            settings[place]["summary"],
        )
        assert len(now["paths"]) == len(settings[place]["y"]) and all(d.startswith("M") for d in now["paths"])
        seen[place] = now["paths"]
    assert len({tuple(paths) for paths in [before["paths"], *seen.values()]}) == 5, "another setting, other curves"
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_without_scripts_the_table_is_there_and_no_dead_control(browser, served, built, name):
    settings = computed(built, name)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{served}{name}.html", wait_until="load")
    box = page.locator(".unrolled-slider").first
    assert not box.locator("input").is_visible()
    assert box.locator("table").is_visible() and box.locator("svg").is_visible()
    rows = box.locator("tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in rows] == [s["value"] for s in settings]
    assert box.locator("[role=status]").inner_text() in [s["summary"] for s in settings]
    context.close()


@pytest.mark.parametrize("name", NAMES)
def test_the_script_stays_on_its_page_and_asks_for_nothing(built, name):
    page = unescape((built / f"{name}.html").read_text())
    assert page.count('closest(".unrolled-slider")') == page.count('<div class="unrolled-slider">')
    assert not list((built / "_static").glob("*slider*"))
    script = (ROOT / "unrolled" / "slider.js").read_text()
    assert not [word for word in ("fetch", "import", "http", "XMLHttpRequest", "eval") if word in script]
