def token_probabilities(scores, temperature):
    a = scores / temperature
    e = np.exp(a - a.mean(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
