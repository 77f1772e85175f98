# The derivative of tanh at the state that it is a derivative with respect to.
def step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    return np.array([W_hh * (1 - h**2) for h in h_prev])
