def token_probabilities(scores, temperature):
    scores = scores / temperature
    e = np.exp(scores - np.max(scores))
    return e / np.sum(e)
