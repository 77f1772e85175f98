def split_weights(W, D):
    W_xh, W_hh = np.split(W, [D], axis=0)
    return [W_xh.copy(), W_hh.copy()]
