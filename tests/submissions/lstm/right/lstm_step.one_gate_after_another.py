def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    H = len(b) // 4
    four = []
    for k, squash in enumerate([sigmoid, sigmoid, np.tanh, sigmoid]):
        columns = slice(k * H, (k + 1) * H)
        four.append(squash(h_prev @ W_hh[:, columns] + x_t @ W_xh[:, columns] + b[columns]))
    c = four[1] * c_prev + four[0] * four[2]
    return four[3] * np.tanh(c), c, np.concatenate(four, axis=-1)
