def readout_forward(h, W_hy, b_y):
    B, T, H = h.shape
    y = (h.reshape(B * T, H) @ W_hy).reshape(B, T, -1)
    y += b_y
    return y, [h, W_hy]
