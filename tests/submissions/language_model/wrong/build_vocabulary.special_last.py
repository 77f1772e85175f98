def build_vocabulary(texts, least):
    counts = {}
    for text in texts:
        for token in text:
            counts[token] = counts.get(token, 0) + 1
    tokens = sorted([t for t in counts if counts[t] >= least])
    tokens.extend([START, STOP, UNKNOWN])
    return tokens, dict(zip(tokens, range(len(tokens))))
