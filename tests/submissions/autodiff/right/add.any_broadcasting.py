def add(a, b):
    def fitted(delta, shape):
        while delta.ndim > len(shape):
            delta = delta.sum(axis=0)
        for axis, size in enumerate(shape):
            if size == 1 and delta.shape[axis] != 1:
                delta = delta.sum(axis=axis, keepdims=True)
        return delta

    return Node(a.value + b.value, (a, b), lambda delta: (fitted(delta, a.value.shape), fitted(delta, b.value.shape)))
