def encode(text, index, unknown):
    return np.array([index[t] + 1 if t in index else unknown for t in text])
