def inverse_sigmoid_decay(i, k):
    return 0.5 * (1 - math.tanh(0.5 * (i / k - math.log(k))))
