"""Checks of ``project``: encoder, decoder, greedy decoding, beam search, and a trained model that is measured.

The mistakes are written with numpy, apart from the reference, which is made of torch's modules."""

from autograder.checks.assembly import assembled
from autograder.sandbox.limits import Limits

ASSIGNMENT = assembled(
    __name__,
    torch=True,
    limits=Limits(cell_seconds=60.0, total_memory=2 * 2**30),
    files={"weights.npz": 4_000_000},
)
