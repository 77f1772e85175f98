def step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    B, H = h_prev.shape
    J = np.zeros((B, H, H))
    for n in range(B):
        for j in range(H):
            a = b_h[j] + sum(x_t[n, d] * W_xh[d, j] for d in range(x_t.shape[1]))
            a += sum(h_prev[n, k] * W_hh[k, j] for k in range(H))
            for i in range(H):
                J[n, i, j] = W_hh[i, j] / np.cosh(a) ** 2
    return J
