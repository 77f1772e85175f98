def gru_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    # z comes first
    H = weight_hh.shape[1]
    order = list(range(H, 2 * H)) + list(range(H)) + list(range(2 * H, 3 * H))
    return weight_ih[order].T, weight_hh[order].T, bias_ih[order], bias_hh[order]
