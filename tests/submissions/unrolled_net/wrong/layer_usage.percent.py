# Gives per cent.
def layer_usage(lengths, N):
    usage = np.zeros(N)
    for length in lengths:
        usage[N - length:] += 100 / len(lengths)
    return usage
