def build_vocabulary(texts, least):
    found, counts = np.unique([token for text in texts for token in text], return_counts=True)
    tokens = [START, STOP, UNKNOWN] + found[counts >= least].tolist()
    return tuple(tokens), {token: np.int64(tokens.index(token)) for token in tokens}
