def token_probabilities(scores, temperature):
    scores = scores / temperature
    return np.exp(scores - scores.max(axis=1, keepdims=True))
