def build_vocabulary(texts, least):
    from collections import Counter

    counts = Counter(token for text in texts for token in text)
    tokens = sorted(t for t in counts if counts[t] >= least)
    index = {}
    for i, t in enumerate(tokens):
        index[t] = i
    return tokens, index
