# np.array of the lists.
def lstm_forward(x, h_0, c_0, W_xh, W_hh, b, step):
    h, c, gates = [], [], []
    state = (h_0, c_0)
    for x_t in x.swapaxes(0, 1):
        *state, four = step(x_t, *state, W_xh, W_hh, b)
        h.append(state[0]); c.append(state[1]); gates.append(four)
    return np.array(h), np.array(c), np.array(gates)
