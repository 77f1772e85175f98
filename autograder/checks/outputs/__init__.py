"""Checks of the assignment ``outputs``: a loss at every step, a shared readout, the whole network's gradient."""

from autograder.checks.outputs.readout_backward import READOUT_BACKWARD
from autograder.checks.outputs.readout_forward import READOUT_FORWARD
from autograder.checks.outputs.rnn_lm_loss_and_gradients import RNN_LM
from autograder.checks.outputs.sequence_loss import SEQUENCE_LOSS
from autograder.checks.outputs.softmax_cross_entropy import SOFTMAX_CROSS_ENTROPY
from autograder.checks.spec import Assignment

ASSIGNMENT = Assignment("outputs", [SOFTMAX_CROSS_ENTROPY, READOUT_FORWARD, READOUT_BACKWARD, SEQUENCE_LOSS, RNN_LM])
