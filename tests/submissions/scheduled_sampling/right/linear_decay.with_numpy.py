def linear_decay(i, k, c, eps):
    return float(np.clip(k - c * i, eps, None))
