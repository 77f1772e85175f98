def forget_bias(b, value):
    slot = np.arange(len(b)) // (len(b) // 4)
    return np.where(slot == 1, value, b)
