def receptive_field(K, dilations):
    n = 1
    for _ in dilations:
        n = n * K
    return n
