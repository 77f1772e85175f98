def gru_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    b = bias_ih + bias_hh
    return np.transpose(weight_ih), np.transpose(weight_hh), b, b
