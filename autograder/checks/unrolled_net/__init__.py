"""Checks of the assignment ``unrolled_net``: one layer per input."""

from autograder.checks.spec import Assignment
from autograder.checks.unrolled_net.layer_forward import LAYER_FORWARD
from autograder.checks.unrolled_net.layer_usage import LAYER_USAGE
from autograder.checks.unrolled_net.parameter_count import PARAMETER_COUNT
from autograder.checks.unrolled_net.unrolled_forward import UNROLLED_FORWARD

ASSIGNMENT = Assignment("unrolled_net", [LAYER_FORWARD, UNROLLED_FORWARD, LAYER_USAGE, PARAMETER_COUNT])
