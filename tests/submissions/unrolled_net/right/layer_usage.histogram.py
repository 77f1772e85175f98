def layer_usage(lengths, N):
    counts = np.bincount(lengths, minlength=N + 1)[1:]
    reached = counts[::-1].cumsum()
    return (reached / len(lengths))
