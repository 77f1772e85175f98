def matmul(a, b):
    W = b.value
    return Node(np.dot(a.value, W), [a], lambda delta: [np.dot(delta, W.T)])
