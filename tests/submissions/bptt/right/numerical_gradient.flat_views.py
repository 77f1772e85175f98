def numerical_gradient(f, W, eps):
    slopes = []
    for i in range(W.size):
        values = []
        for sign in (1, -1):
            moved = W.flatten()
            moved[i] += sign * eps
            values.append(f(moved.reshape(W.shape)))
        slopes.append((values[0] - values[1]) / eps / 2)
    return np.reshape(slopes, W.shape)
