def tanh_backward(dh, h):
    return h * (1 - h) * dh
