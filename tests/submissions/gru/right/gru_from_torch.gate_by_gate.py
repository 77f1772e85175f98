def gru_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    def turned(matrix):
        return np.concatenate([block.T for block in np.split(matrix, 3, axis=0)], axis=1)

    return turned(weight_ih), turned(weight_hh), bias_ih.copy(), bias_hh.copy()
