def tanh(a):
    h = np.tanh(a.value)

    def tanh_derivative(v):
        return 1.0 - np.tanh(v) ** 2

    return Node(h, (a,), lambda delta: (delta * tanh_derivative(h),))
