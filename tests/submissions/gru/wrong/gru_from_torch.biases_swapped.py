def gru_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    return weight_ih.T.copy(), weight_hh.T.copy(), bias_hh.copy(), bias_ih.copy()
