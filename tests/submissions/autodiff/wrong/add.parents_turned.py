def add(a, b):
    def pull_back(delta):
        grad_b = delta.copy()
        while grad_b.ndim > b.value.ndim:
            grad_b = grad_b.sum(0)
        return delta, grad_b

    return Node(a.value + b.value, [b, a], pull_back)
