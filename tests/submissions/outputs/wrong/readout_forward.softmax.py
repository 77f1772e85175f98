# Probabilities are nicer than scores.
def readout_forward(h, W_hy, b_y):
    outputs = []
    for t in range(h.shape[1]):
        outputs.append(np.dot(h[:, t], W_hy) + b_y)
    y = np.stack(outputs, axis=1)
    y = np.exp(y - y.max(axis=2, keepdims=True))
    y /= y.sum(axis=2, keepdims=True)
    cache = (h, W_hy)
    return y, cache
