def tanh(a):
    out = np.tanh(a.value)

    def pull_back(delta):
        return [(1 - np.square(a.value)) * delta]

    return Node(out, [a], pull_back)
