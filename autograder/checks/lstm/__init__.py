"""Checks of the assignment ``lstm``: step, loop, forget bias, gradient along the cell state, and both ways back."""

from autograder.checks.lstm.cell_gradient import CELL_GRADIENT
from autograder.checks.lstm.forget_bias import FORGET_BIAS
from autograder.checks.lstm.lstm_backward import LSTM_BACKWARD
from autograder.checks.lstm.lstm_forward import LSTM_FORWARD
from autograder.checks.lstm.lstm_step import LSTM_STEP
from autograder.checks.lstm.lstm_step_backward import LSTM_STEP_BACKWARD
from autograder.checks.spec import Assignment

ASSIGNMENT = Assignment("lstm", [LSTM_STEP, LSTM_FORWARD, FORGET_BIAS, CELL_GRADIENT, LSTM_STEP_BACKWARD, LSTM_BACKWARD])
