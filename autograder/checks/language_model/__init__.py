"""Checks of the assignment ``language_model``: vocabulary, shifted pairs, draws, feedback, perplexity, training."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__, torch=True)
