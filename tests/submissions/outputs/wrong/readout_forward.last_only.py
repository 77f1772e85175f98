# As for a class at the end.
def readout_forward(h, W_hy, b_y):
    last = h[:, -1, :]
    return last @ W_hy + b_y, (h, W_hy)
