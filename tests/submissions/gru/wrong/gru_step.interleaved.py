def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    def sigmoid(a):
        return 1 / (1 + np.exp(-a))

    xr, xz, xn = np.moveaxis((np.dot(x_t, W_xh) + b_x).reshape(len(x_t), -1, 3), 2, 0)
    hr, hz, hn = np.moveaxis((np.dot(h_prev, W_hh) + b_h).reshape(len(x_t), -1, 3), 2, 0)
    r = sigmoid(xr + hr)
    z = sigmoid(xz + hz)
    n = np.tanh(xn + r * hn)
    h_t = n + z * (h_prev - n)
    return h_t, r, z, n
