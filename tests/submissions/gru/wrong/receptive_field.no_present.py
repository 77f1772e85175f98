def receptive_field(K, dilations):
    total = 0
    for d in dilations:
        total += (K - 1) * int(d)
    return total
