def add(a, b):
    def pull_back(delta):
        if len(b.value.shape) == 1:  # a bias
            return delta, np.sum(delta, axis=0)
        return delta, delta

    return Node(a.value + b.value, [a, b], pull_back)
