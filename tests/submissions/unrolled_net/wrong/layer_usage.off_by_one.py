# Strictly longer.
def layer_usage(lengths, N):
    usage = np.zeros(N)
    for layer in range(1, N + 1):
        usage[layer - 1] = sum(1 for T in lengths if T > N - layer + 1) / len(lengths)
    return usage
