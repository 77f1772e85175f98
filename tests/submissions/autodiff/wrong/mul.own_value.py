def mul(a, b):
    def pull_back(delta):
        grad_a = a.value * delta
        grad_b = b.value * delta
        return grad_a, grad_b

    return Node(np.multiply(a.value, b.value), (a, b), pull_back)
