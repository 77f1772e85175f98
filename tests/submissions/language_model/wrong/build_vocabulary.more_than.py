def build_vocabulary(texts, least):
    flat = [token for text in texts for token in text]
    tokens = [START, STOP, UNKNOWN] + sorted(t for t in set(flat) if flat.count(t) > least)
    return tokens, {t: i for i, t in enumerate(tokens)}
