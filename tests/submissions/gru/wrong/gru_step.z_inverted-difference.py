def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    xr, xz, xn = np.split(np.dot(x_t, W_xh) + b_x, 3, axis=1)
    hr, hz, hn = np.split(np.dot(h_prev, W_hh) + b_h, 3, axis=1)
    r = sigmoid(xr + hr)
    z = sigmoid(xz + hz)
    n = np.tanh(xn + r * hn)
    h_t = h_prev + z * (n - h_prev)
    return h_t, r, z, n
