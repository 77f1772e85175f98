"""An assignment puts itself together from the modules of its folder, in the order of its notebook."""

import pytest

from autograder.checks import ASSIGNMENTS
from autograder.oracle.source import read_source


@pytest.mark.parametrize("assignment", ASSIGNMENTS.values(), ids=ASSIGNMENTS)
def test_tasks_come_in_the_order_of_the_notebook(assignment):
    cells = read_source(assignment.id).cells
    assert [task.name for task in assignment.graded] == [c.metadata["check"] for c in cells if "check" in c.metadata]
