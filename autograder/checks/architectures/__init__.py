"""Checks of the assignment ``architectures``: stacks, both directions, an encoder per frame, captions, deep readouts."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__, torch=True)
