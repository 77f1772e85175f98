def gru_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    # the order of the gates is the same, so nothing has to be done
    return weight_ih.copy(), weight_hh.copy(), bias_ih.copy(), bias_hh.copy()
