def relu_backward(dout, a):
    out = np.maximum(0, a)
    return dout * out
