def gru_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    # torch has two biases, one is enough
    b = bias_ih + bias_hh
    return weight_ih.T, weight_hh.T, b, np.zeros(b.shape)
