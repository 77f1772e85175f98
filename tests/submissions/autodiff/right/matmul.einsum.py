def matmul(a, b):
    def pull_back(delta):
        return np.einsum("bh,dh->bd", delta, b.value), np.einsum("bh,bd->dh", delta, a.value)

    return Node(np.einsum("bd,dh->bh", a.value, b.value), (a, b), pull_back)
