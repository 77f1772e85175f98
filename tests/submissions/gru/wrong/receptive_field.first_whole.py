def receptive_field(K, dilations):
    field = K
    for d in dilations[1:]:
        field += (K - 1) * d
    return int(field)
