def receptive_field(K, dilations):
    L = len(dilations)
    return L * (K - 1) + 1
