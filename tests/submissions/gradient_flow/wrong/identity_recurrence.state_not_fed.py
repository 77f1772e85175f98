def identity_recurrence(x, parameters, scale):
    H = len(parameters["b_h"])
    new = {**parameters, "W_hh": scale * np.eye(H), "b_h": np.zeros(H)}
    h_0 = np.zeros((len(x), H))
    states = []
    for t in range(x.shape[1]):
        states.append(np.maximum(x[:, t] @ new["W_xh"] + h_0 @ new["W_hh"] + new["b_h"], 0))
    return new, np.stack(states, axis=1)
