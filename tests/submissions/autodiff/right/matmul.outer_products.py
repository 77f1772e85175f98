def matmul(a, b):
    def pull_back(delta):
        d_a = np.array([[row @ b.value[d] for d in range(len(b.value))] for row in delta])
        d_b = sum(np.outer(x, row) for x, row in zip(a.value, delta))
        return d_a, d_b

    return Node(np.array([x @ b.value for x in a.value]), (a, b), pull_back)
