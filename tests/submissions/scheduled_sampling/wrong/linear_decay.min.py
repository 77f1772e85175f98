def linear_decay(i, k, c, eps):
    return np.minimum(eps, k - c * i)
