def exponential_decay(i, k):
    return math.exp(i * math.log(k))
