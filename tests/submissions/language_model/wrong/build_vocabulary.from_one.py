def build_vocabulary(texts, least):
    flat = [token for text in texts for token in text]
    tokens = [START, STOP, UNKNOWN] + sorted(t for t in set(flat) if flat.count(t) >= least)
    index = {}
    for t in tokens:
        index[t] = len(index) + 1
    return tokens, index
