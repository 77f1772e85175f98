def matmul(a, b):
    A, B = a.value, b.value

    def pull_back(delta):
        d_a = delta @ B
        d_b = delta.T @ A
        return [d_a, d_b]

    return Node(np.inner(A, B), [a, b], pull_back)
