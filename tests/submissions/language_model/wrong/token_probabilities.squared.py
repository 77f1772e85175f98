def token_probabilities(scores, temperature):
    scores = scores / temperature
    shifted = (scores - scores.max(axis=1, keepdims=True)) / temperature
    return np.exp(shifted) / np.exp(shifted).sum(axis=1, keepdims=True)
