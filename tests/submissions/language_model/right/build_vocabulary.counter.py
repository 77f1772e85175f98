from collections import Counter
from itertools import chain


def build_vocabulary(texts, least):
    counts = Counter(chain.from_iterable(texts))
    tokens = [START, STOP, UNKNOWN]
    tokens += sorted(filter(lambda token: counts[token] >= least, counts))
    return tokens, dict(zip(tokens, range(len(tokens))))
