def readout_forward(h, W_hy, b_y):
    outputs = []
    for t in range(h.shape[1]):
        outputs.append(np.dot(h[:, t], W_hy) + b_y)
    y = np.array(outputs)
    cache = (h, W_hy)
    return y, cache
