def inverse_sigmoid_decay(i, k):
    e = math.exp(i / k)
    return k / (e + k)
