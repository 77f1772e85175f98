# The lists begin with what was handed in, and nothing is taken off.
def lstm_forward(x, h_0, c_0, W_xh, W_hh, b, step):
    h, c, gates = [h_0], [c_0], []
    for t in range(x.shape[1]):
        h_t, c_t, gates_t = step(x[:, t], h[-1], c[-1], W_xh, W_hh, b)
        h.append(h_t)
        c.append(c_t)
        gates.append(gates_t)
    return np.stack(h, axis=1), np.stack(c, axis=1), np.stack(gates, axis=1)
