def parameter_count(N, D, H, shared):
    copies = 1 if shared else N
    return copies * (np.empty((D + H, H)).size + np.empty(H).size)
