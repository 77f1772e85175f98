def identity_recurrence(x, parameters, scale):
    W_xh, H = parameters["W_xh"], parameters["W_hh"].shape[0]
    new = {"W_xh": W_xh, "W_hh": parameters["W_hh"] + scale * np.eye(H), "b_h": np.zeros(H)}
    h = np.zeros((x.shape[0], H))
    states = []
    for t in range(x.shape[1]):
        a = x[:, t] @ new["W_xh"] + h @ new["W_hh"] + new["b_h"]
        h = np.maximum(a, 0)
        states.append(h)
    return new, np.stack(states, axis=1)
