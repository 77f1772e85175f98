"""Checks of the assignment ``autodiff``: operations, graphs and the way back through them."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__)
