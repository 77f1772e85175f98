def inverse_sigmoid_decay(i, k):
    if i >= 10 * k:
        return 0.0
    return 1 / (1 + math.exp(i / k) / k)
