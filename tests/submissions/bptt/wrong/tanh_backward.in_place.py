# Saves an array.
def tanh_backward(dh, h):
    dh *= 1 - h * h
    return dh
