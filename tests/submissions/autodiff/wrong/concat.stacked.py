def concat(a, b):
    B = a.value.shape[0]
    return Node(np.concatenate((a.value, b.value)), (a, b), lambda delta: np.split(delta, [B]))
