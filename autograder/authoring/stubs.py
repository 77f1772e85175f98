"""Stubs that fail loudly by name, in place of nbgrader's anonymous one."""

from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import ClearSolutions

from autograder.oracle.source import stub_name


class NamedStubs(ClearSolutions):
    """Replace each solution by ``raise NotImplementedError("<name>")``."""

    text_stub = ClearSolutions.text_stub
    text_stub.default_value = "*Your answer here.*"

    def preprocess_cell(
        self, cell: NotebookNode, resources: dict[str, Any], cell_index: int
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Clear one cell, with a stub named after the function that the cell defines."""
        self.code_stub = {"python": f'raise NotImplementedError("{stub_name(cell.source)}")'}
        return super().preprocess_cell(cell, resources, cell_index)
