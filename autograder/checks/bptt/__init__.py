"""Checks of the assignment ``bptt``: gradients of layers, of a step, through time, and by differences."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__)
