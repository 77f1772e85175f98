"""Checks of ``project``: encoder, decoder, greedy decoding, beam search, and a trained model that is measured.

The mistakes are written with numpy, apart from the reference, which is made of torch's modules."""

from autograder.checks.project.beam_search import BEAM_SEARCH
from autograder.checks.project.decoder import DECODER
from autograder.checks.project.encoder import ENCODER
from autograder.checks.project.greedy_decode import GREEDY_DECODE
from autograder.checks.project.pronounce import PRONOUNCE
from autograder.checks.spec import Assignment
from autograder.sandbox.limits import Limits

ASSIGNMENT = Assignment(
    id="project",
    exercises=[ENCODER, DECODER, GREEDY_DECODE, BEAM_SEARCH],
    measured=[PRONOUNCE],
    torch=True,
    limits=Limits(cell_seconds=60.0, total_memory=2 * 2**30),
    files={"weights.npz": 4_000_000},
)
