def identity_recurrence(x, parameters, scale):
    H = parameters["b_h"].size
    u = x @ parameters["W_xh"]
    h = np.zeros_like(u)
    for n in range(len(u)):
        for j in range(H):
            level = 0.0
            for t in range(u.shape[1]):
                level = max(level * scale + u[n, t, j], 0.0)
                h[n, t, j] = level
    return {**parameters, "W_hh": np.diag([scale] * H), "b_h": np.array([0] * H)}, h
