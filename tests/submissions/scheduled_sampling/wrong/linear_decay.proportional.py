def linear_decay(i, k, c, eps):
    share = k - k * c * i
    return eps if share < eps else share
