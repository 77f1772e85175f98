def readout_forward(h, W_hy, b_y):
    outputs = []
    for t in range(h.shape[1]):
        outputs.append(np.dot(h[:, t], W_hy) + b_y)
    y = np.stack(outputs, axis=1)
    cache = (W_hy, h)
    return y, cache
