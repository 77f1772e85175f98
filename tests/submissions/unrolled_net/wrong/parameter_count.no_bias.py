# Counts matrices only.
def parameter_count(N, D, H, shared):
    one = np.zeros((D + H, H)).size
    return one if shared else one * N
