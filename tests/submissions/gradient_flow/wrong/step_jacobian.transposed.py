# dh_t/dh_prev written the way most books write it, with the new state along the rows.
def step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    h_t = np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)
    out = []
    for h in h_t:
        out.append(np.diag(1 - h**2) @ W_hh.T)
    return np.array(out)
