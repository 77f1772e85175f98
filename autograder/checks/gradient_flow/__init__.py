"""Checks of the assignment ``gradient_flow``: Jacobians, their products, spectral radius, clipping, identity."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__)
