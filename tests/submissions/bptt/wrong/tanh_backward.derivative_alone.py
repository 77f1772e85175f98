def tanh_backward(dh, h):
    return 1 - np.square(h)
