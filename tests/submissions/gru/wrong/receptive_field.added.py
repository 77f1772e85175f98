def receptive_field(K, dilations):
    return sum((K - 1) * int(d) + 1 for d in dilations)
