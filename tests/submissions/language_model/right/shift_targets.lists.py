def shift_targets(sentences, start, stop):
    lengths = [1 + len(s) for s in sentences]
    T = max(lengths)
    inputs = [[start, *map(int, s), *[stop] * (T - n)] for s, n in zip(sentences, lengths)]
    targets = [[*map(int, s), *[stop] * (T - n + 1)] for s, n in zip(sentences, lengths)]
    return inputs, targets, lengths
