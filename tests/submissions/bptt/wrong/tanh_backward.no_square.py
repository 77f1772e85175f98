def tanh_backward(dh, h):
    return dh * (1.0 - h)
