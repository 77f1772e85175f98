def tanh(a):
    plus, minus = np.exp(a.value.astype(np.float32)), np.exp(-a.value.astype(np.float32))
    h = (plus - minus) / (plus + minus)

    def pull_back(delta):
        d_a = delta.astype(np.float32)
        d_a *= 1 - h
        d_a *= 1 + h
        return (d_a,)

    return Node(h, (a,), pull_back)
