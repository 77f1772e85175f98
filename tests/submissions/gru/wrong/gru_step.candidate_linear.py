def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    xr, xz, xn = np.split(np.dot(x_t, W_xh) + b_x, 3, axis=1)
    hr, hz, hn = np.split(np.dot(h_prev, W_hh) + b_h, 3, axis=1)
    r = sigmoid(xr + hr)
    z = sigmoid(xz + hz)
    n = xn + r * hn
    h_t = n + z * (h_prev - n)
    return h_t, r, z, n
