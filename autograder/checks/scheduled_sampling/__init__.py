"""Checks of the assignment ``scheduled_sampling``: schedules, coins, the rollout, training and the error on its own."""

from autograder.checks.assembly import assembled

ASSIGNMENT = assembled(__name__, torch=True)
