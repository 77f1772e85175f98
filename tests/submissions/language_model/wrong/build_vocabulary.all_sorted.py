def build_vocabulary(texts, least):
    counts = {}
    for text in texts:
        for token in text:
            counts[token] = counts.get(token, 0) + 1
    tokens = sorted({START, STOP, UNKNOWN} | {t for t, n in counts.items() if n >= least})
    return tokens, {t: i for i, t in enumerate(tokens)}
