"""The registry of checks: one module for each assignment."""

from autograder.checks import rnn, unrolled_net
from autograder.spec import Assignment

ASSIGNMENTS: dict[str, Assignment] = {a.id: a for a in (unrolled_net.ASSIGNMENT, rnn.ASSIGNMENT)}
