def inverse_sigmoid_decay(i, k):
    if i / k > 600:
        return 1.0
    return 1 - k / (k + math.exp(i / k))
