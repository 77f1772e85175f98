def relu_backward(dout, a):
    return np.where(dout > 0, dout, 0)
