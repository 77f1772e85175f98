"""Checks of the assignment ``rnn``: the recurrent network."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__)
