def matmul(a, b):
    A, B = a.value, b.value

    def pull_back(delta):
        d_a = B.T.dot(delta)
        d_b = delta.dot(A.T)
        return [d_a, d_b]

    return Node(a.value @ b.value, [a, b], pull_back)
