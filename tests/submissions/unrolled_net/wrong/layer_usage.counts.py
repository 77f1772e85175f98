# Forgot to divide.
def layer_usage(lengths, N):
    usage = np.zeros(N)
    for length in lengths:
        usage[N - length:] += 1
    return usage
