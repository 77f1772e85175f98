def receptive_field(K, dilations):
    field = K - 1
    for d in dilations:
        field *= int(d)
    return field + 1
