def relu_backward(dout, a):
    da = dout.copy()
    da[a < 0] = 0
    return da
