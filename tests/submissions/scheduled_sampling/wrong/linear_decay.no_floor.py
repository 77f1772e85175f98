def linear_decay(i, k, c, eps):
    falling = c * i
    return k - falling
