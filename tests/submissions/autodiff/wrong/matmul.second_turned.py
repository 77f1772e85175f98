def matmul(a, b):
    A, B = a.value, b.value

    def pull_back(delta):
        d_a = np.einsum("bh,dh->bd", delta, B)
        d_b = np.einsum("bh,bd->hd", delta, A)
        return [d_a, d_b]

    return Node(a.value @ b.value, [a, b], pull_back)
