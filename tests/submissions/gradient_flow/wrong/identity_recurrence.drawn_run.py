def identity_recurrence(x, parameters, scale):
    W_xh, W_hh, b_h = parameters["W_xh"], parameters["W_hh"], parameters["b_h"]
    H = len(b_h)
    new = {"W_xh": W_xh, "W_hh": scale * np.eye(H), "b_h": np.zeros(H)}
    h = np.zeros((len(x), H))
    states = []
    for t in range(x.shape[1]):
        h = np.maximum(x[:, t] @ W_xh + h @ W_hh + b_h, 0)
        states.append(h)
    return new, np.stack(states, axis=1)
