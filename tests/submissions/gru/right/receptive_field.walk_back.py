def receptive_field(K, dilations):
    oldest = {0}
    for d in dilations:
        oldest = {t - k * int(d) for t in oldest for k in range(K)}
    return max(oldest) - min(oldest) + 1
