"""Checks of the assignment ``gru``: the gated recurrent unit and the causal convolution."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__)
