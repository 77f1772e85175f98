def relu_backward(dout, a):
    return np.heaviside(a, 0.0) * dout
