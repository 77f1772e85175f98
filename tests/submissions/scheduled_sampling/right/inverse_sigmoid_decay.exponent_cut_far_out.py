def inverse_sigmoid_decay(i, k):
    return k / (k + math.exp(min(i / k, 500.0)))
