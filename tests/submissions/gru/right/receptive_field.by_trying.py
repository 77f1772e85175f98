def receptive_field(K, dilations):
    seen = {0}
    for d in dilations:
        seen = {s + k * int(d) for s in seen for k in range(K)}
    return max(seen) + 1
