# diag(...) on the left, from a book with column vectors, but W not transposed.
def step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    h_t = np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)
    return np.array([np.diag(1 - h**2) @ W_hh for h in h_t])
