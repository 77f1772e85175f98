def tanh(a):
    out = np.tanh(a.value)

    def pull_back(delta):
        return (delta / np.cosh(a.value) ** 2)

    return Node(out, [a], pull_back)
