def forget_bias(b, value):
    H = len(b) // 4
    return [*b[:H], *[value] * H, *b[2 * H:]]
