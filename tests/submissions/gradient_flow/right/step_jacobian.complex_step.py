def step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    B, H = h_prev.shape
    J = np.empty((B, H, H))
    for i in range(H):
        moved = h_prev + 1e-20j * np.eye(H)[i]
        J[:, i] = np.tanh(x_t @ W_xh + moved @ W_hh + b_h).imag / 1e-20
    return J
