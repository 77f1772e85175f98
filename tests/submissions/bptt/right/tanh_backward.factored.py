def tanh_backward(dh, h):
    return dh * (1 + h) * (1 - h)
