"""Every page as its readers meet it: shape, figures, links, no network, wide and narrow, light and dark."""

import re

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from autograder.checks import ASSIGNMENTS
from autograder.paths import ROOT

pytestmark = pytest.mark.xdist_group("book")
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text())
TAUGHT = [c["file"] for part in TOC["parts"] if part["caption"] != "Reference" for c in part["chapters"]]
PAGES = [TOC["root"], *(c["file"] for part in TOC["parts"] for c in part["chapters"])]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
SCREENS = {"wide": (1280, 900), "narrow": (390, 844)}


@pytest.mark.parametrize("name", TAUGHT)
def test_chapter_has_the_shape_of_a_chapter(name):
    text = (ROOT / f"{name}.md").read_text()
    order = ["unrolled-summary", "unrolled-objectives", "## Pitfalls", "unrolled-keypoints", "## Test yourself"]
    places = [text.find(part) for part in [*order, "## Practice", "## Further reading"]]
    assert -1 not in places and places == sorted(places)
    assert "**Time**" in text and "**You need**" in text and "{cite" in text and "{dropdown}" in text


@pytest.mark.parametrize("name", TAUGHT)
def test_chapter_has_enough_prose_and_short_cells(name):
    text = (ROOT / f"{name}.md").read_text()
    prose = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
    assert len(prose.split()) >= 1500
    cells = re.findall(r"```\{code-cell\}[^\n]*\n(.*?)```", text, flags=re.DOTALL)
    shown = [cell for cell in cells if "hide-input" not in cell]
    assert max(len(line) for cell in shown for line in cell.splitlines()) <= 110


@pytest.mark.parametrize("name", PAGES)
def test_figures_have_caption_and_text_alternative(built, name):
    page = (built / f"{name}.html").read_text()
    figures = re.findall(r'<figure class="unrolled-figure">.*?</figure>', page, flags=re.DOTALL)
    assert figures or name not in TAUGHT
    for figure in figures:
        assert len(re.search(r'aria-label="([^"]*)"', figure).group(1)) > 40
        assert len(re.search(r"<figcaption>(.*?)</figcaption>", figure, flags=re.DOTALL).group(1)) > 20
    assert (
        "<img" not in re.sub(r"<figure.*?</figure>", "", page, flags=re.DOTALL).split("<article")[-1].split("</article>")[0]
    )


@pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=ASSIGNMENTS)
def test_every_check_leads_to_a_place_in_the_book(built, assignment):
    for exercise in assignment.exercises:
        for link in [exercise.link(exercise.section), *(exercise.pitfall(m) for m in exercise.misconceptions)]:
            page, target = link.split("#")
            assert f'id="{target}"' in (built / page).read_text(), link


@pytest.mark.parametrize("assignment_id", ASSIGNMENTS)
def test_assignment_can_be_downloaded_from_its_chapter(built, assignment_id):
    chapter = ASSIGNMENTS[assignment_id].exercises[0].chapter
    path = re.search(rf'href="(\.\./_downloads/[^"]+/{assignment_id}\.ipynb)"', (built / f"book/{chapter}.html").read_text())
    downloaded = (built / "book" / path.group(1)).resolve()
    assert downloaded.read_text() == (ROOT / "exercises" / assignment_id / f"{assignment_id}.ipynb").read_text()


def test_no_page_shows_a_solution(built):
    for page in built.rglob("*.html"):
        assert "BEGIN SOLUTION" not in page.read_text()


CUT_FORMULAS = """() => [...document.querySelectorAll("div.math")].filter(box => {
    const formula = box.querySelector("mjx-math"), number = box.querySelector(".eqno")
    const end = number ? number.getBoundingClientRect().left : box.getBoundingClientRect().right + 1
    return formula && formula.getBoundingClientRect().right > end
}).map(box => box.id || box.previousElementSibling.textContent)"""


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_page_in_a_browser(browser, served, name, screen, scheme):
    """No request leaves, nothing fails, nothing overflows, mathematics is set and not cut, axe-core finds nothing."""
    foreign, failures = [], []

    def only_ours(route):
        if route.request.url.startswith((served, "data:", "blob:")):
            route.continue_()
        else:
            foreign.append(route.request.url)
            route.abort()

    width, height = SCREENS[screen]
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
    page = context.new_page()
    page.route("**/*", only_ours)
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.on("console", lambda message: failures.append(message.text) if message.type == "error" else None)
    page.on("response", lambda response: failures.append(response.url) if response.status >= 400 else None)
    page.goto(f"{served}{name}.html", wait_until="load")
    page.wait_for_function("!document.querySelector('.math') || document.querySelector('mjx-container')")
    page.wait_for_load_state("networkidle")
    scroll, shown = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert (foreign, failures) == ([], []) and scroll <= shown
    assert screen != "wide" or page.evaluate(CUT_FORMULAS) == []
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:200]) for v in violations] == []
    context.close()
