"""The book's machinery: one order, warnings and failing cells as errors, a cache that knows what changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
import yaml

from autograder.book import BookError, build_book, chapters, forget_if_changed, only_build
from autograder.paths import ROOT

pytestmark = pytest.mark.xdist_group("book")
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text())
NAMES = [TOC["root"], *(c["file"] for part in TOC["parts"] for c in part["chapters"])]
CELL = """---
jupytext:
  text_representation: {{extension: .md, format_name: myst}}
kernelspec: {{display_name: Python 3, language: python, name: python3}}
---

# A page

```{{code-cell}}
{code}
```

{text}
"""


def test_table_of_contents_and_chapters_agree():
    assert sorted(NAMES) == sorted(f"book/{p.stem}" for p in (ROOT / "book").glob("*.md"))


@pytest.fixture
def small_book(tmp_path):
    """A function that builds a book of one page in a folder of its own."""
    for name in ("_config.yml", "book/_ext", "book/_static", "unrolled"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(ROOT / name)
    (tmp_path / "book" / "references.bib").touch()
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    executed = []

    def build(code="1 + 1", text="Text."):
        (tmp_path / "book" / "index.md").write_text(CELL.format(code=code, text=text))
        executed.clear()
        return build_book(tmp_path, lambda total: lambda: executed.append(total)), executed

    return build


def test_a_page_is_executed_once_and_again_when_its_cell_changes(small_book):
    page, executed = small_book("print(6 * 7)")
    assert len(executed) == 1 and "42" in (page.parent / "book" / "index.html").read_text()
    assert small_book("print(6 * 7)")[1] == []
    assert small_book("print(6 * 7)", "Other text.")[1] == []
    page, executed = small_book("print(7 * 7)")
    assert len(executed) == 1 and "49" in (page.parent / "book" / "index.html").read_text()


def test_of_two_builds_at_once_the_second_waits(small_book, tmp_path, capsys):
    with ThreadPoolExecutor() as pool:
        with only_build(tmp_path / "_build"):
            second = pool.submit(small_book)
            with pytest.raises(TimeoutError):
                second.result(timeout=3)
            assert not (tmp_path / "_build" / "vendor").exists()
            assert "waits for it to end" in capsys.readouterr().err
        assert second.result()[0].exists()


def test_a_page_is_executed_again_when_the_data_that_it_names_change(small_book, tmp_path):
    (tmp_path / "book" / "data").mkdir()
    data = tmp_path / "book" / "data" / "numbers.json"
    code = f"from pathlib import Path\nprint(Path({str(data)!r}).read_text())"
    for number, times in (("12321", 1), ("12321", 0), ("45654", 1)):
        data.write_text(number)
        page, executed = small_book(code)
        assert len(executed) == times and number in (page.parent / "book" / "index.html").read_text()


def test_a_failing_cell_fails_the_build_and_is_named(small_book):
    with pytest.raises(BookError, match=r"index\.md: .*(?s:.*)ZeroDivisionError: division by zero"):
        small_book("1 / 0")


def test_a_warning_fails_the_build_every_time(small_book):
    for _ in range(2):
        with pytest.raises(BookError, match="no-such-label"):
            small_book(text="See {ref}`no-such-label`.")
    assert small_book()[0].exists()


def test_chapters_are_executed_again_if_the_package_changed(tmp_path):
    package, stamp = tmp_path / "package", tmp_path / "cache" / "stamp"
    package.mkdir()
    (package / "one.py").write_text("1")

    class Cache:
        cleared = 0

        def clear_cache(self):
            self.cleared += 1

    cache = Cache()
    for text, cleared in (("1", 1), ("1", 1), ("2", 2)):
        (package / "one.py").write_text(text)
        forget_if_changed(cache, package, stamp)
        assert cache.cleared == cleared


def test_missing_chapter_gets_one_sentence(tmp_path):
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: book/index\n")
    with pytest.raises(BookError, match=r"names chapters that do not exist: book/index\.md"):
        chapters(tmp_path)
