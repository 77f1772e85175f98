def token_probabilities(scores, temperature):
    scores = scores / temperature
    e = np.exp(scores - scores.max(axis=0))
    return e / e.sum(axis=0)
