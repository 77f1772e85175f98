"""The directive ``execution-times``: seconds that each chapter took, summed by part, in the book's order."""

from pathlib import Path
from typing import Any

import yaml
from docutils import nodes
from myst_nb.core.execute import ExecutionResult
from myst_nb.ext.execution_tables import METADATA_KEY
from myst_nb.sphinx_ import NbMetadataCollector
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective


class TimesNode(nodes.General, nodes.Element):
    """Stands where the table comes, until every chapter has been read."""


class ExecutionTimes(SphinxDirective):
    """Leave a place for the table; MyST-NB reads a page so marked again whenever a chapter was executed."""

    def run(self) -> list[nodes.Node]:
        NbMetadataCollector.set_doc_data(self.env, self.env.docname, METADATA_KEY, True)
        return [TimesNode()]


class FillTimes(SphinxPostTransform):
    """Put the table in its place, before references are resolved."""

    default_priority = 8

    def run(self, **_: Any) -> None:
        for node in list(self.document.findall(TimesNode)):
            node.replace_self(times_table(self.env, self.env.docname))


def times_table(env: BuildEnvironment, shown_on: str) -> nodes.table:
    """A row for each part with the sum of its chapters, and one for each chapter with its seconds.

    shown_on: the page of the table, from which its links lead
    """
    toc = yaml.safe_load((Path(env.srcdir) / "_toc.yml").read_text(encoding="utf-8"))
    parts = [("Cover", [toc["root"]]), *((p["caption"], [c["file"] for c in p["chapters"]]) for p in toc["parts"])]
    body = nodes.tbody()
    for caption, pages in parts:
        times = {page: seconds for page in pages if (seconds := seconds_of(env, page)) is not None}
        if times:
            body += row(nodes.strong(text=caption), nodes.strong(text=f"{sum(times.values()):.0f}"))
        body += [row(link(env, shown_on, page), nodes.Text(f"{seconds:.1f}")) for page, seconds in times.items()]
    group = nodes.tgroup("", nodes.colspec(colwidth=80), nodes.colspec(colwidth=20), cols=2)
    group += [nodes.thead("", row(nodes.Text("chapter"), nodes.Text("seconds"))), body]
    return nodes.table("", group, classes=["colwidths-auto"])


def seconds_of(env: BuildEnvironment, page: str) -> float | None:
    """How long the page's cells ran, None if it has none."""
    data: ExecutionResult | None = NbMetadataCollector.get_doc_data(env)[page].get("exec_data")
    return data["runtime"] if data else None


def link(env: BuildEnvironment, shown_on: str, page: str) -> nodes.Node:
    target = {"refdomain": "std", "reftype": "doc", "reftarget": f"/{page}"}
    reference = pending_xref(refdoc=shown_on, refexplicit=True, refwarn=True, **target)
    reference += nodes.inline(text=env.titles[page].astext())
    return reference


def row(*cells: nodes.Node) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph("", "", cell)) for cell in cells))


def setup(app: Sphinx) -> dict[str, bool]:
    app.add_node(TimesNode)
    app.add_directive("execution-times", ExecutionTimes)
    app.add_post_transform(FillTimes)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
