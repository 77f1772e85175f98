def receptive_field(K, dilations):
    field = 1
    for d in list(dilations)[::-1]:
        field = field + (K - 1) * d
    return field
