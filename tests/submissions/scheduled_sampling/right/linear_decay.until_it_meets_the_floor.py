def linear_decay(i, k, c, eps):
    meets = (k - eps) / c
    return eps if i > meets else k - c * i
