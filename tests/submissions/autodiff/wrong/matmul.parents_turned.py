def matmul(a, b):
    return Node(a.value @ b.value, (b, a), lambda delta: (delta @ b.value.T, a.value.T @ delta))
