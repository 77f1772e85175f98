def linear_decay(i, k, c, eps):
    share = k + i * c
    return share if share < 1 else 1
