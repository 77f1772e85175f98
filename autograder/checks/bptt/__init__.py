"""Checks of the assignment ``bptt``: gradients of layers, of a step, through time, and by differences."""

from autograder.checks.bptt.copy_gradients import COPY_GRADIENTS
from autograder.checks.bptt.linear_backward import LINEAR_BACKWARD
from autograder.checks.bptt.numerical_gradient import NUMERICAL_GRADIENT
from autograder.checks.bptt.relu_backward import RELU_BACKWARD
from autograder.checks.bptt.rnn_backward import RNN_BACKWARD
from autograder.checks.bptt.rnn_step_backward import RNN_STEP_BACKWARD
from autograder.checks.bptt.tanh_backward import TANH_BACKWARD
from autograder.checks.bptt.truncated_rnn_backward import TRUNCATED_RNN_BACKWARD
from autograder.checks.spec import Assignment

ASSIGNMENT = Assignment(
    "bptt",
    [
        LINEAR_BACKWARD,
        TANH_BACKWARD,
        RELU_BACKWARD,
        RNN_STEP_BACKWARD,
        COPY_GRADIENTS,
        RNN_BACKWARD,
        TRUNCATED_RNN_BACKWARD,
        NUMERICAL_GRADIENT,
    ],
)
