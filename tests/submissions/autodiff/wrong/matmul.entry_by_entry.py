def matmul(a, b):
    def pull_back(delta):
        return b.value * delta, a.value * delta

    return Node(np.multiply(a.value, b.value), [a, b], pull_back)
