def sample_token(p, rng):
    return np.argmax(p, axis=-1)
