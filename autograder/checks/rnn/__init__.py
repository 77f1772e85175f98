"""Checks of the assignment ``rnn``: the recurrent network."""

from autograder.checks.rnn.classify_last import CLASSIFY_LAST
from autograder.checks.rnn.rnn_forward import RNN_FORWARD
from autograder.checks.rnn.rnn_forward_padded import RNN_FORWARD_PADDED
from autograder.checks.rnn.rnn_step import RNN_STEP
from autograder.checks.rnn.split_weights import SPLIT_WEIGHTS
from autograder.checks.spec import Assignment

ASSIGNMENT = Assignment("rnn", [SPLIT_WEIGHTS, RNN_STEP, RNN_FORWARD, RNN_FORWARD_PADDED, CLASSIFY_LAST])
