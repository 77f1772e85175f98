# Counts from the front.
def layer_usage(lengths, N):
    usage = np.zeros(N)
    for length in lengths:
        usage[:length] += 1
    return usage / len(lengths)
