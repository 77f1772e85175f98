"""Checks of the assignment ``scheduled_sampling``: schedules, coins, the rollout, training and the error on its own."""

from autograder.checks.scheduled_sampling.exponential_decay import EXPONENTIAL_DECAY
from autograder.checks.scheduled_sampling.inverse_sigmoid_decay import INVERSE_SIGMOID_DECAY
from autograder.checks.scheduled_sampling.linear_decay import LINEAR_DECAY
from autograder.checks.scheduled_sampling.mix_inputs import MIX_INPUTS
from autograder.checks.scheduled_sampling.rollout_error import ROLLOUT_ERROR
from autograder.checks.scheduled_sampling.scheduled_rollout import SCHEDULED_ROLLOUT
from autograder.checks.scheduled_sampling.train_step import TRAIN_STEP
from autograder.checks.spec import Assignment

ASSIGNMENT = Assignment(
    "scheduled_sampling",
    [
        LINEAR_DECAY,
        EXPONENTIAL_DECAY,
        INVERSE_SIGMOID_DECAY,
        MIX_INPUTS,
        SCHEDULED_ROLLOUT,
        TRAIN_STEP,
        ROLLOUT_ERROR,
    ],
    torch=True,
)
