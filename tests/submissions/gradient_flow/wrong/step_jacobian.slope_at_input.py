def step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    a = x_t @ W_xh + h_prev @ W_hh + b_h
    return np.array([W_hh * (1 - row**2) for row in a])
