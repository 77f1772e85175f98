def receptive_field(K, dilations):
    return np.dot(np.full(len(dilations), K - 1), dilations) + 1
