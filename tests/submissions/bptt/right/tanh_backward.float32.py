def tanh_backward(dh, h):
    return dh.astype(np.float32) * (1 - h.astype(np.float32) ** 2)
