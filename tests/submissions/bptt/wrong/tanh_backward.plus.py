def tanh_backward(dh, h):
    return dh + dh * h * h
