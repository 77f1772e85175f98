def matmul(a, b):
    def pull_back(delta):
        for_b = a.value.T @ delta
        for_a = delta @ b.value.T
        return for_b, for_a

    return Node(a.value @ b.value, (a, b), pull_back)
