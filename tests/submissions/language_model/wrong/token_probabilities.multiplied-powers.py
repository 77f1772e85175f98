def token_probabilities(scores, temperature):
    e = np.exp(scores - scores.max(1)[:, None])
    p = (e / e.sum(1)[:, None]) ** temperature
    return p / p.sum(1)[:, None]
