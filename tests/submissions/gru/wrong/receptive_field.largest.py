def receptive_field(K, dilations):
    return (K - 1) * int(max(dilations)) + 1
