"""Every control of a page, pressed as a reader presses it, on a telephone, a tablet and a desk; and every link followed."""

import re
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

pytestmark = pytest.mark.xdist_group("book")
WIDTHS = (390, 800, 1280)
PAGES = ("book/gradient_flow", "book/execution_times")
THEMES = """() => [document.documentElement.dataset.mode, document.documentElement.dataset.theme,
    getComputedStyle(document.body).backgroundColor]"""
CURVES = "box => [...box.querySelectorAll(\"[id*='-curve-'] path\")].map(path => path.getAttribute('d'))"
WIDER = """() => [...document.querySelectorAll("article pre, article table.dataframe")]
    .filter(box => box.scrollWidth > box.clientWidth + 1 || box.offsetWidth > box.parentElement.clientWidth + 1)
    .map(box => box.textContent.slice(0, 80))"""


class Reader:
    """Somebody who opens ``name`` on a screen of ``width``; formulas are left as they are, no control waits for them."""

    def __init__(self, browser, served, name, width):
        self.address, self.width = f"{served}{name}.html", width
        self.context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme="light")
        self.context.grant_permissions(["clipboard-read", "clipboard-write"])
        self.context.route("**/mathjax/**", lambda route: route.fulfill(body=""))
        self.page = self.context.new_page()
        self.page.set_default_timeout(20_000)
        self.open()

    def open(self):
        self.page.goto(self.address, wait_until="domcontentloaded")

    def seen(self, what):
        """The first element of this kind that is to be seen, and so can be pressed."""
        return self.page.locator(what).filter(visible=True).first

    def waits_for(self, what):
        self.page.wait_for_function(what)


@pytest.fixture(scope="module", params=[(name, width) for name in PAGES for width in WIDTHS], ids=str)
def visit(request, browser, served):
    """One visit for all tests of a page and a width: the page is loaded once, and each test puts it back."""
    reader = Reader(browser, served, *request.param)
    yield reader
    reader.context.close()


@pytest.fixture(scope="module", params=WIDTHS)
def chapter(request, browser, served):
    """A visit to a chapter that has every control of a chapter."""
    reader = Reader(browser, served, PAGES[0], request.param)
    yield reader
    reader.context.close()


@pytest.mark.browser
def test_menu_opens_closes_and_leads_to_a_page(visit):
    page, wide = visit.page, visit.width >= 992
    button, links = visit.seen(".primary-toggle"), page.locator(".bd-docs-nav a")
    for key in ("click", "Enter"):
        assert links.first.is_visible() == wide, "beside the text of a wide page, else put away"
        button.click() if key == "click" else button.press(key)
        links.first.wait_for(state="hidden" if wide else "visible")
        if wide:
            button.click()
        else:
            page.keyboard.press("Escape")
            visit.waits_for("document.activeElement.matches('.primary-toggle')")
        links.first.wait_for(state="visible" if wide else "hidden")
    if not wide:
        button.click()
        page.mouse.click(visit.width - 5, 400)
        links.first.wait_for(state="hidden")
        button.click()
    link = visit.seen(".bd-docs-nav a[href*='glossary']")
    link.click()
    page.wait_for_url("**/glossary.html")
    assert page.locator("h1").filter(visible=True).first.inner_text().startswith("Glossary")
    visit.open()


@pytest.mark.browser
def test_contents_of_a_chapter_lead_to_its_sections(chapter):
    page, beside = chapter.page, chapter.width >= 1200
    links = page.locator("nav.page-toc a")
    assert links.first.is_visible() == beside
    if not beside:
        button = chapter.seen(".secondary-toggle")
        button.click()
        links.first.wait_for(state="visible")
        page.keyboard.press("Escape")
        links.first.wait_for(state="hidden")
        button.click()
    link = links.filter(visible=True).nth(2)
    target = link.get_attribute("href")
    link.click()
    chapter.waits_for(f"(y => y > -5 && y < 300)(document.querySelector('{target} > h2').getBoundingClientRect().top)")
    links.first.wait_for(state="visible" if beside else "hidden")  # nothing lies over the section that was asked for
    page.evaluate("scrollTo(0, 0)")


@pytest.mark.browser
def test_theme_goes_round_and_is_remembered(visit):
    page, button = visit.page, visit.seen(".theme-switch-button")
    looks = [page.evaluate(THEMES)]
    for _ in range(3):
        button.click()
        looks.append(page.evaluate(THEMES))
    button.click()
    visit.open()
    assert page.evaluate(THEMES) == looks[1], "remembered on the next page"
    page.evaluate("localStorage.clear()")
    assert [mode for mode, *_ in looks] == ["auto", "dark", "light", "auto"]
    assert [theme for _, theme, _ in looks] == ["light", "dark", "light", "light"]
    assert looks[0] == looks[3] and looks[0][2] == looks[2][2] != looks[1][2]


@pytest.mark.browser
def test_search_opens_closes_finds_and_leads_to_a_page(visit):
    page, field = visit.page, visit.page.locator("#pst-search-dialog input")
    for opened in (lambda: visit.seen(".search-button__button").click(), lambda: page.keyboard.press("Control+k")):
        opened()
        field.wait_for(state="visible")
        page.keyboard.press("Escape")
        field.wait_for(state="hidden")
    visit.seen(".search-button__button").click()
    page.keyboard.type("gradient")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=gradient*")
    found = page.locator("#search-results ul.search a").first
    found.wait_for(state="visible")
    title = found.inner_text()
    found.click()
    page.wait_for_url("**/book/*.html*")
    assert page.get_by_role("heading", name=title).first.is_visible()
    visit.open()


@pytest.mark.browser
def test_full_screen_and_download(chapter):
    page = chapter.page
    full = page.locator(".btn-fullscreen-button")
    if full.is_visible():
        full.click()
        chapter.waits_for("document.fullscreenElement")
        full.click()
        chapter.waits_for("!document.fullscreenElement")
    menu = page.locator(".dropdown-download-buttons")
    menu.locator("button").first.click()
    source = menu.locator("a").first
    source.wait_for(state="visible")
    assert page.request.get(source.evaluate("link => link.href")).ok
    page.keyboard.press("Escape")
    page.mouse.move(100, 600)  # under the mouse it stays open
    source.wait_for(state="hidden")


@pytest.mark.browser
def test_copy_takes_the_code_and_says_so(chapter):
    page = chapter.page
    cell = chapter.seen("article .cell_input .highlight")
    cell.hover()
    cell.locator("button.copybtn").click()
    assert cell.locator("button.copybtn").get_attribute("data-tooltip") == "Copied!"
    assert page.evaluate("navigator.clipboard.readText()").strip() == cell.locator("pre").inner_text().strip()


@pytest.mark.browser
def test_fold_shows_code_and_hides_it(chapter):
    fold = chapter.page.locator("details.hide.above-input").first
    summary, code = fold.locator("summary"), fold.locator("pre").first
    assert not code.is_visible()
    summary.click()
    assert code.is_visible()
    summary.press("Enter")
    assert not code.is_visible()


@pytest.mark.browser
def test_slider_moves_the_picture(chapter):
    box = chapter.page.locator(".unrolled-slider").first
    slider, before = box.locator("input"), box.evaluate(CURVES)
    summary = box.locator("[role=status]").inner_text()
    place = slider.bounding_box()
    slider.click(position={"x": place["width"] - 3, "y": place["height"] / 2})
    assert box.evaluate(CURVES) != before and box.locator("[role=status]").inner_text() != summary


@pytest.mark.browser
def test_quiz_says_of_each_answer_whether_it_is_right_and_why(chapter):
    answers = chapter.page.locator("#test-yourself details.sd-dropdown")
    right = []
    for answer in answers.all():
        text = answer.locator(".sd-summary-content")
        assert not text.is_visible()
        answer.locator("summary").click()
        text.wait_for(state="visible")
        assert len(text.inner_text().split()) > 3
        right.append(text.inner_text().startswith("Right"))
        answer.locator("summary").click()
    assert 0 < sum(right) < len(right)


@pytest.mark.browser
@pytest.mark.parametrize("medium", ["screen", "print"])
def test_no_code_is_cut_on_a_desk_or_on_paper(browser, served, built, medium):
    page = browser.new_page(viewport={"width": 1280 if medium == "screen" else 718, "height": 900})
    page.emulate_media(media=medium)
    for name in sorted((built / "book").glob("*.html")):
        page.goto(f"{served}book/{name.name}", wait_until="domcontentloaded")
        page.evaluate("document.querySelectorAll('article details').forEach(fold => fold.open = true)")
        assert page.evaluate(WIDER) == [], name.name
    page.close()


def places(page):
    return set(re.findall(r'\b(?:id|name)="([^"]+)"', page.read_text()))


def test_no_link_within_the_book_is_dead(built):
    """Links to pages, files, sections and pictures, on every page that was built."""
    dead, known = [], {}
    for page in built.rglob("*.html"):
        if "_static" in page.parts:
            continue
        for link in map(unescape, re.findall(r'(?:href|src)="([^"]+)"', page.read_text())):
            url = urlsplit(link)
            if url.scheme or url.netloc:
                continue
            target = Path(page.parent / unquote(url.path)).resolve() if url.path else page
            if not target.exists():
                dead.append((page.name, link))
            elif url.fragment and target.suffix == ".html":
                if target not in known:
                    known[target] = places(target)
                if unquote(url.fragment) not in known[target]:
                    dead.append((page.name, link))
    assert dead == []
