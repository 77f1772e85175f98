def token_probabilities(scores, temperature):
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    p = e / e.sum(axis=1, keepdims=True)
    p = p / temperature
    return p / p.sum(axis=1, keepdims=True)
