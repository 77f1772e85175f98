def layer_forward(x_t, a_prev, W, b):
    both = np.concatenate([x_t, a_prev], axis=-1).astype(np.float32)
    return np.tanh(np.einsum("bi,ih->bh", both, W.astype(np.float32)) + b.astype(np.float32))
