# The candidate last.
def lstm_step_backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    H = c_t.shape[1]
    i, f, g, o = gates[:, :H], gates[:, H:2*H], gates[:, 2*H:3*H], gates[:, 3*H:]
    do = dh_t * np.tanh(c_t)
    dc = dc_t + dh_t * o / np.cosh(c_t)**2
    di = dc * g
    df = dc * c_prev
    dg = dc * i
    dc_prev = dc * f
    da = np.hstack([di * i * (1 - i), df * f * (1 - f), do * o * (1 - o), dg * (1 - g*g)])
    dh_prev = np.dot(da, W_hh.T)
    return da, dh_prev, dc_prev
