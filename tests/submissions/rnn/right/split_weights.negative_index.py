def split_weights(W, D):
    H = W.shape[1]
    return W[:-H], W[-H:]
