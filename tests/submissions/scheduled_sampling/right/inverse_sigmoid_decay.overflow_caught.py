def inverse_sigmoid_decay(i, k):
    try:
        return k / (k + math.exp(i / k))
    except OverflowError:
        return 0.0
