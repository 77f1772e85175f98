def layer_usage(lengths, N):
    lengths = list(lengths)
    return [sum(T >= N - l for T in lengths) / len(lengths) for l in range(N)]
