"""Checks of the assignment ``lstm``: step, loop, forget bias, gradient along the cell state, and both ways back."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__)
