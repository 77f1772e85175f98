import math


def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    B, H = h_prev.shape
    h_t, r, z, n = (np.empty((B, H)) for _ in range(4))
    for i in range(B):
        for j in range(H):
            a = [x_t[i] @ W_xh[:, j + k * H] + b_x[j + k * H] for k in range(3)]
            c = [h_prev[i] @ W_hh[:, j + k * H] + b_h[j + k * H] for k in range(3)]
            r[i, j] = 1 / (1 + math.exp(-a[0] - c[0]))
            z[i, j] = 1 / (1 + math.exp(-a[1] - c[1]))
            n[i, j] = math.tanh(a[2] + r[i, j] * c[2])
            h_t[i, j] = z[i, j] * h_prev[i, j] + (1 - z[i, j]) * n[i, j]
    return h_t, r, z, n
