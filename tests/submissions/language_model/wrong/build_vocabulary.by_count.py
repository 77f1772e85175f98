def build_vocabulary(texts, least):
    from collections import Counter

    counts = Counter()
    for text in texts:
        counts.update(text)
    common = sorted(counts, key=lambda t: (-counts[t], t))
    tokens = [START, STOP, UNKNOWN] + [t for t in common if counts[t] >= least]
    return tokens, {t: i for i, t in enumerate(tokens)}
