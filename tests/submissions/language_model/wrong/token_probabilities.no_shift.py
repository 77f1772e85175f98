def token_probabilities(scores, temperature):
    e = np.exp(scores / temperature)
    return e / np.sum(e, axis=-1)[:, None]
