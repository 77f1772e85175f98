def mul(a, b):
    def pull_back(delta):
        return np.dot(delta, b.value.T), np.dot(a.value.T, delta)

    return Node(np.dot(a.value, b.value), (a, b), pull_back)
