def add(a, b):
    out = a.value + b.value

    def pull_back(delta):
        if b.value.ndim == 1 and delta.ndim == 2:
            return delta, np.ones((1, len(delta))) @ delta
        return delta, delta

    return Node(out, [a, b], pull_back)
