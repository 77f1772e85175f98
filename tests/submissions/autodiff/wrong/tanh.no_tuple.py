def tanh(a):
    out = np.tanh(a.value)

    def pull_back(delta):
        return (1 - out**2) * delta

    return Node(out, [a], pull_back)
