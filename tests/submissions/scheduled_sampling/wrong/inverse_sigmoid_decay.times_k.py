def inverse_sigmoid_decay(i, k):
    exponent = i * k
    if exponent > 500:
        return 0.0
    return k / (k + math.exp(exponent))
