def inverse_sigmoid_decay(i, k):
    return 0.5 * (1 - math.tanh(i / k / 2))
