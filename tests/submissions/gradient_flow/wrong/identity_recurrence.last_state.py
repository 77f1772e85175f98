def identity_recurrence(x, parameters, scale):
    H = len(parameters["b_h"])
    new = {**parameters, "W_hh": scale * np.eye(H), "b_h": np.zeros(H)}
    h = np.zeros((len(x), H))
    for t in range(x.shape[1]):
        h = np.maximum(x[:, t] @ new["W_xh"] + h @ new["W_hh"] + new["b_h"], 0)
    return new, h
