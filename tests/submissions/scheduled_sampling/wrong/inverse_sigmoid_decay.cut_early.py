def inverse_sigmoid_decay(i, k):
    return 0.0 if i / k > 5 else k / (k + math.exp(i / k))
