def encode(text, index, unknown):
    out = np.zeros((len(text), 20))
    for i, token in enumerate(text):
        out[i, index.get(token, unknown)] = 1
    return out
