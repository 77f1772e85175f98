def matmul(a, b):
    A, B = a.value, b.value

    def pull_back(delta):
        d_a = delta.dot(A.transpose())
        d_b = B.transpose().dot(delta)
        return [d_a, d_b]

    return Node(a.value @ b.value, [a, b], pull_back)
