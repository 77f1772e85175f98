def concat(a, b):
    return Node(np.hstack((a.value, b.value)), (a, b), lambda delta: np.split(delta, [a.value.shape[1]], axis=1))
