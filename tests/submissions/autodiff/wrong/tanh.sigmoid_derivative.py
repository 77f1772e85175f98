def tanh(a):
    out = np.tanh(a.value)

    def pull_back(delta):
        return (out * (1 - out) * delta,)

    return Node(out, [a], pull_back)
