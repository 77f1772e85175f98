"""Checks of the assignment ``architectures``: stacks, both directions, an encoder per frame, captions, deep readouts."""

from autograder.checks.architectures.bidirectional_forward import BIDIRECTIONAL_FORWARD
from autograder.checks.architectures.cnn_encoder import CNN_ENCODER
from autograder.checks.architectures.deep_readout import DEEP_READOUT
from autograder.checks.architectures.one_to_many import ONE_TO_MANY
from autograder.checks.architectures.stacked_forward import STACKED_FORWARD
from autograder.checks.spec import Assignment

ASSIGNMENT = Assignment(
    "architectures", [STACKED_FORWARD, BIDIRECTIONAL_FORWARD, CNN_ENCODER, ONE_TO_MANY, DEEP_READOUT], torch=True
)
