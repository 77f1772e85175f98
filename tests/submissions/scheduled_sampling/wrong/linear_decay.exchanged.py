def linear_decay(i, k, c, eps):
    p_true = max(k - c * i, eps)
    p_model = 1 - p_true
    return p_model
