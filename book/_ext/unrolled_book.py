"""What the theme leaves to be done: names for screen readers, landmarks, and no script from elsewhere."""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

FOREIGN = ("thebe", "THEBE", "require.js", "unpkg", "cdnjs", "jsdelivr")
# The theme's HTML that assistive technology stumbles over, and what stands there instead.
MENDED = (
    (r'<summary aria-label="Toggle hidden content">', "<summary>"),
    (r'(<button class="btn[^"]*search-button-field[^>]*?)aria-label="Search"', r'\1aria-label="Search Ctrl + K"'),
    (r'(<button[^>]*theme-switch-button[^>]*?)aria-label="Color mode"', r'\1aria-label="Colour mode"'),
    (r' role="doc-biblioentry"', ""),
    (r'\((<a class="reference internal" href="[^"]*#equation-[^"]*">)\((\d+)\)</a>\)', r"(\1\2</a>)"),
    (r'<div role="list" class="citation-list">', '<div class="citation-list">'),
    (
        r'<div class="sidebar-primary-item">(\s*<a class="navbar-brand)',
        r'<div role="navigation" aria-label="Home" class="sidebar-primary-item">\1',
    ),
)


def keep_own_scripts(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """Leave out scripts that come from other servers or are there for them."""
    context["script_files"] = [s for s in context.get("script_files", []) if not _is_foreign(s)]


def _is_foreign(script: Any) -> bool:
    attributes = getattr(script, "attributes", {})
    text = f"{getattr(script, 'filename', script)} {attributes.get('body', '')}"
    return any(word in text for word in FOREIGN)


def mend_pages(app: Sphinx, error: Exception | None) -> None:
    """Mend the finished pages; a page that is mended already stays as it is."""
    if error or app.builder.format != "html":
        return
    for path in Path(app.outdir).rglob("*.html"):
        if "_static" in path.parts:
            continue
        page = path.read_text(encoding="utf-8")
        mended = page
        for pattern, replacement in MENDED:
            mended = re.sub(pattern, replacement, mended)
        if mended != page:
            path.write_text(mended, encoding="utf-8")


def setup(app: Sphinx) -> dict[str, bool]:
    app.connect("html-page-context", keep_own_scripts, priority=900)
    app.connect("build-finished", mend_pages, priority=900)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
