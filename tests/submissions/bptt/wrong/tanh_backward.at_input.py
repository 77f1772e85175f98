def tanh_backward(dh, h):
    t = np.tanh(h)
    return (1 - t * t) * dh
