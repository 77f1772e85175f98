"""What the checks of ``language_model`` have in common."""

import numpy as np

from autograder.checks.spec import Case
from unrolled.standins import language_model as parts
from unrolled.standins import stand_in

WORDS = ["I", "think", "therefore", "i", "am", "like", "machine", "learning", "not", "just", "a", "neural", "network"]


NEVER = 99  # a stop token that no draw gives


def first_stop(tokens, stop):
    """Tokens before the first stop in each row."""
    return ((tokens == stop).cumsum(axis=1) == 0).sum(axis=1)


def ended_at_stop(tokens, stop):
    """Tokens with stop from the first stop on, and the lengths."""
    return np.where((tokens == stop).cumsum(axis=1) > 0, stop, tokens), first_stop(tokens, stop)


def never_stops(case: Case) -> Case:
    return case | {"stop": NEVER, "around": stand_in(parts.tokens_written)}


def counted_from(tokens, stop, lengths):
    """Tokens with stop from the given lengths on, and these lengths."""
    return np.where(np.arange(tokens.shape[1]) >= lengths[:, np.newaxis], stop, tokens), lengths


def first_missed_in(tokens, stop):
    """``argmax`` gives 0 both for a stop in the first place and for none: here 0 is taken for none."""
    places = (tokens == stop).argmax(axis=1)
    return counted_from(tokens, stop, np.where(places == 0, tokens.shape[1], places))


def none_found_in(tokens, stop):
    """Here 0 is taken for a stop in the first place."""
    return counted_from(tokens, stop, (tokens == stop).argmax(axis=1))


def last_missed_in(tokens, stop):
    """The last token is never looked at."""
    ended, lengths = ended_at_stop(tokens, stop)
    return ended, np.where(lengths == tokens.shape[1] - 1, lengths + 1, lengths)
