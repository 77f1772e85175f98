def step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    B, H = h_prev.shape
    J = np.zeros((B, H, H))
    J[:] = W_hh
    return J
