def gru_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    r, z, n = np.split(weight_hh, 3, axis=0)
    W_hh = np.hstack([r, z, n])
    return weight_ih.T, W_hh, bias_ih, bias_hh
