def receptive_field(K, dilations):
    return 1 + (K - 1) * (2 ** len(dilations) - 1)
