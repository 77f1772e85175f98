def token_probabilities(scores, temperature):
    with np.errstate(over="ignore"):
        ratios = np.exp((scores[:, None, :] - scores[:, :, None]) / temperature)  # (B, V, V)
        return 1 / ratios.sum(axis=2)
