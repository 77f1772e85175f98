def token_probabilities(scores, temperature):
    z = scores / temperature
    e = np.exp2(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)
