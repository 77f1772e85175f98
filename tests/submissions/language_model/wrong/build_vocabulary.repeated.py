def build_vocabulary(texts, least):
    flat = [token for text in texts for token in text]
    tokens = [START, STOP, UNKNOWN] + [t for t in sorted(flat) if flat.count(t) >= least]
    return tokens, {t: i for i, t in enumerate(tokens)}
