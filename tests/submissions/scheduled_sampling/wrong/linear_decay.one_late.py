def linear_decay(i, k, c, eps):
    share = k
    for _ in range(i - 1):
        share = share - c
    if i == 0:
        share = share + c
    return max(share, eps)
