"""A verdict as people read it: complete, escaped, without meaning in colours."""

from html.parser import HTMLParser

import pytest

from unrolled.judging import report as report_module
from unrolled.judging.bank import Finding, Mistake, Verdict
from unrolled.judging.report import Report, book_address

EVIL = '<script>alert(\'1\')</script> " onload="x" & <b>'
PASSED = Finding("a", "starts from h_0", 1, True)
MISSED = Finding("b", "gives every state", 2, False, "2 of 6 numbers differ.\n  Second line.")
MISTAKE = Mistake("m", "the state is not fed.", "book/x.html#pitfall-m")


def verdict(*findings, mistakes=(), out_of=None, problem="", name="rnn_forward", section="book/x.html#sec"):
    points = sum(f.points for f in findings) if out_of is None else out_of
    return Verdict("rnn", name, section, list(findings), list(mistakes), points, problem)


def both(verdict):
    """What a terminal and a notebook show."""
    report = Report(verdict)
    return repr(report), report._repr_html_()


class Page(HTMLParser):
    """Reads a block of HTML: its text, its tags with attributes, and whether every tag is closed."""

    def __init__(self, html):
        super().__init__()
        self.text, self.tags, self._open = "", [], []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))
        if tag != "br":
            self._open.append(tag)

    def handle_endtag(self, tag):
        assert self._open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture(autouse=True)
def no_book(monkeypatch, tmp_path):
    monkeypatch.delenv("UNROLLED_BOOK", raising=False)
    monkeypatch.setattr(report_module, "BUILT_BOOK", tmp_path / "not built")


def test_points_words_and_sentences_are_in_both_forms():
    text, html = both(verdict(PASSED, MISSED))
    page = Page(html)
    for shown in (text, page.text):
        for part in ("rnn_forward: 1 of 3 points, not complete yet", PASSED.says, MISSED.says, "2 of 6 numbers differ."):
            assert shown.count(part) == 1
        assert "(1 point)" in shown and "(2 points)" in shown
    assert "[x] passed (1 point)  starts from h_0" in text and "[ ] missed (2 points)  gives every state" in text
    assert "passed (1 point): starts from h_0" in page.text and "missed (2 points): gives every state" in page.text
    assert "Second line." in text and "Second line." in page.text


def test_complete_work_is_called_so_and_gets_no_advice():
    text, html = both(verdict(PASSED))
    for shown in (text, html):
        assert "1 of 1 points, all behaviours are there" in shown
        assert "Read" not in shown and "looks as if" not in shown and "missed" not in shown


def test_a_message_that_all_behaviours_share_is_shown_once():
    same = [Finding(str(n), f"says {n}", 1, False, "Not written yet.") for n in range(3)]
    for shown in both(verdict(*same)):
        assert shown.count("Not written yet.") == 1 and all(f"says {n}" in shown for n in range(3))
    other = Finding("3", "says 3", 1, False, "The number differs.")
    for shown in both(verdict(*same, other)):
        assert shown.count("Not written yet.") == 1 and shown.count("The same as under") == 2
        assert shown.count("The number differs.") == 1
    for shown in both(verdict(same[0])):
        assert shown.count("Not written yet.") == 1


def test_every_mistake_is_named_with_its_own_link():
    other = Mistake("n", "the bias is missing.", "book/y.html#pitfall-n")
    text, html = both(verdict(MISSED, mistakes=[MISTAKE, other]))
    for shown in (text, Page(html).text):
        for mistake in (MISTAKE, other):
            assert f"It looks as if: {mistake.says}" in shown and mistake.link in shown
        assert "#sec" not in shown


def test_a_named_mistake_and_where_it_shows_come_before_the_list():
    second = Finding("c", "gives the last state", 1, False, "The number differs.")
    third = Finding("d", "leaves x alone", 1, False, MISSED.message)
    for shown in both(verdict(PASSED, MISSED, second, third, mistakes=[MISTAKE])):
        text = Page(shown).text
        order = [MISTAKE.says, "2 of 6 numbers differ.", PASSED.says, MISSED.says, second.says, second.message, third.says]
        assert sorted(order, key=text.index) == order and all(text.count(part) == 1 for part in order)
        assert "The same as under" not in text


def test_without_a_known_mistake_the_section_is_linked():
    for shown in both(verdict(MISSED)):
        assert "book/x.html#sec" in shown and "looks as if" not in shown


def test_what_could_not_be_graded_shows_no_points():
    for shown in both(verdict(problem="The file is broken.", out_of=6)):
        assert "rnn_forward: could not be graded" in shown and "The file is broken." in shown
        assert " of 6" not in shown and "missed" not in shown


def test_link_leads_into_the_published_book_else_into_the_built_one(monkeypatch, tmp_path):
    def links():
        return [a["href"] for tag, a in Page(both(verdict(MISSED, mistakes=[MISTAKE]))[1]).tags if tag == "a"]

    assert links() == [] and book_address("book/x.html") is None
    built = tmp_path / "a built book"
    built.mkdir()
    monkeypatch.setattr(report_module, "BUILT_BOOK", built)
    assert links() == [f"{built.as_uri()}/book/x.html#pitfall-m"] and " " not in links()[0]
    for address in ("https://example.org/unrolled", "https://example.org/unrolled/"):
        monkeypatch.setenv("UNROLLED_BOOK", address)
        assert links() == ["https://example.org/unrolled/book/x.html#pitfall-m"]
    monkeypatch.setenv("UNROLLED_BOOK", "")
    assert links() == [f"{built.as_uri()}/book/x.html#pitfall-m"]


@pytest.mark.parametrize("address", [None, 'https://example.org/?a=1&b="2"\'<x>'])
def test_nothing_that_was_handed_in_becomes_markup(monkeypatch, address):
    if address:
        monkeypatch.setenv("UNROLLED_BOOK", address)
    findings = [Finding("a", EVIL, 1, False, EVIL), PASSED]
    views = [
        verdict(*findings, mistakes=[Mistake("m", EVIL, EVIL)], name=EVIL),
        verdict(*findings, section=EVIL),
        verdict(findings[0], Finding("b", EVIL, 1, False, EVIL)),
        verdict(problem=EVIL),
    ]
    for view in views:
        page = Page(both(view)[1])
        assert {tag for tag, _ in page.tags} <= {"div", "p", "ul", "li", "span", "strong", "code", "br", "a"}
        assert {name for _, attributes in page.tags for name in attributes} <= {
            *("role", "aria-label", "aria-hidden", "class", "style", "href")
        }
        assert EVIL in page.text


def test_states_are_words_and_colours_are_the_pages():
    html = both(verdict(PASSED, MISSED))[1]
    styles = [attributes.get("style", "") for _, attributes in Page(html).tags]
    for style in styles:
        properties = {p.split(":")[0].strip() for p in style.split(";") if p.strip()}
        assert not properties & {"color", "background", "background-color", "border-color", "border-left-color"}
        assert "#" not in style and "rgb" not in style
    assert html.count("currentColor") == 1
    marks = [a for tag, a in Page(html).tags if tag == "span"]
    assert len(marks) == 2 and all(a == {"aria-hidden": "true"} for a in marks), "marks repeat the words beside them"


def test_block_has_the_headline_as_its_name():
    tag, attributes = Page(both(verdict(PASSED, MISSED))[1]).tags[0]
    assert tag == "div" and attributes["role"] == "group"
    assert attributes["aria-label"] == "rnn_forward: 1 of 3 points, not complete yet"
