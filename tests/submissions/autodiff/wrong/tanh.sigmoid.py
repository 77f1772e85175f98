def tanh(a):
    s = 1.0 / (1.0 + np.exp(-a.value))

    def pull_back(delta):
        return (s * (1 - s) * delta,)

    return Node(s, (a,), pull_back)
