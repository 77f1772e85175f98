def token_probabilities(scores, temperature):
    y = scores.astype(np.float32) / np.float32(temperature)
    y = y - y.max(axis=-1, keepdims=True)
    return np.exp(y - np.log(np.sum(np.exp(y), axis=-1, keepdims=True)))
