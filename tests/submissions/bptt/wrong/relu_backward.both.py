def relu_backward(dout, a):
    return np.maximum(dout, 0) * (a > 0)
