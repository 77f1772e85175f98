"""Checks of the assignment ``outputs``: a loss at every step, a shared readout, the whole network's gradient."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__)
