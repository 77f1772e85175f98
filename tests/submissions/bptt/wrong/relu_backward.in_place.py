def relu_backward(dout, a):
    dout[a <= 0] = 0
    return dout
