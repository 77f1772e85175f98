"""Checks of the assignment ``gru``: the gated recurrent unit and the causal convolution."""

from autograder.checks.gru.causal_conv import CAUSAL_CONV
from autograder.checks.gru.gru_backward import GRU_BACKWARD
from autograder.checks.gru.gru_from_torch import GRU_FROM_TORCH
from autograder.checks.gru.gru_step import GRU_STEP
from autograder.checks.gru.gru_step_backward import GRU_STEP_BACKWARD
from autograder.checks.gru.receptive_field import RECEPTIVE_FIELD
from autograder.checks.spec import Assignment

ASSIGNMENT = Assignment("gru", [GRU_FROM_TORCH, GRU_STEP, GRU_STEP_BACKWARD, GRU_BACKWARD, CAUSAL_CONV, RECEPTIVE_FIELD])
