def receptive_field(K, dilations):
    field = 1
    for d in dilations:
        field += K * int(d)
    return field
