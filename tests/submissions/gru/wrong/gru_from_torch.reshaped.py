def gru_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    H = weight_hh.shape[1]
    D = weight_ih.shape[1]
    return np.reshape(weight_ih, (D, 3 * H)), np.reshape(weight_hh, (H, 3 * H)), bias_ih, bias_hh
