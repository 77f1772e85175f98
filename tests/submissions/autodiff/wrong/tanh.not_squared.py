def tanh(a):
    out = np.tanh(a.value)

    def pull_back(delta):
        return [delta - delta * out]

    return Node(out, [a], pull_back)
