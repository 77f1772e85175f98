def relu_backward(dout, a):
    return np.where(a > 0, 1.0, 0.0)
