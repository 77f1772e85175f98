def inverse_sigmoid_decay(i, k):
    return 1 / (1 + math.exp(-i / k) / k)
