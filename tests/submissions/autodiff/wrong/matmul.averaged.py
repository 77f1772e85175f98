def matmul(a, b):
    A, B = a.value, b.value

    def pull_back(delta):
        d_a = delta @ B.T
        d_b = np.einsum("bd,bh->bdh", A, delta).mean(axis=0)
        return [d_a, d_b]

    return Node(a.value @ b.value, [a, b], pull_back)
