"""Checks of the assignment ``unrolled_net``: one layer per input."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__)
