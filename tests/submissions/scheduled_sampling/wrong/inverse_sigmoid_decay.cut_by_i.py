def inverse_sigmoid_decay(i, k):
    if i >= 710:  # exp would overflow
        return 0.0
    return k / (k + math.exp(i / k))
