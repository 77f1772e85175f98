"""Checks of the assignment ``language_model``: vocabulary, shifted pairs, draws, feedback, perplexity, training."""

from autograder.checks.language_model.build_vocabulary import BUILD_VOCABULARY
from autograder.checks.language_model.encode import ENCODE
from autograder.checks.language_model.generate import GENERATE
from autograder.checks.language_model.perplexity import PERPLEXITY
from autograder.checks.language_model.sample_independently import SAMPLE_INDEPENDENTLY
from autograder.checks.language_model.sample_token import SAMPLE_TOKEN
from autograder.checks.language_model.shift_targets import SHIFT_TARGETS
from autograder.checks.language_model.token_probabilities import TOKEN_PROBABILITIES
from autograder.checks.language_model.train import TRAIN
from autograder.checks.spec import Assignment

ASSIGNMENT = Assignment(
    "language_model",
    [
        BUILD_VOCABULARY,
        ENCODE,
        SHIFT_TARGETS,
        TOKEN_PROBABILITIES,
        SAMPLE_TOKEN,
        SAMPLE_INDEPENDENTLY,
        GENERATE,
        PERPLEXITY,
        TRAIN,
    ],
    torch=True,
)
