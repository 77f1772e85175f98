# Backwards it was W_hh.T, so here as well.
def step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    h_t = np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)
    return np.array([W_hh.T @ np.diag(1 - h**2) for h in h_t])
