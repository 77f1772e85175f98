def concat(a, b):
    def pull_back(delta):
        D = a.value.shape[1]
        d_a = delta[:D]
        d_b = delta[D:]
        return d_a, d_b

    return Node(np.hstack([a.value, b.value]), [a, b], pull_back)
