def inverse_sigmoid_decay(i, k):
    return k / (k + math.e ** (i / k))
