def matmul(a, b):
    A, B = a.value, b.value

    def pull_back(delta):
        d_a = np.dot(delta, B.T)
        d_b = np.dot(A, delta)
        return [d_a, d_b]

    return Node(a.value @ b.value, [a, b], pull_back)
