def spectral_radius(W):
    log_norm, k = 0.0, 1
    for _ in range(30):
        n = np.linalg.norm(W)
        if n == 0:
            return 0.0
        W = W / n
        log_norm += np.log(n) / k
        W = W @ W
        k *= 2
    return np.exp(log_norm)
