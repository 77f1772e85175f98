def identity_recurrence(x, parameters, scale):
    H = len(parameters["b_h"])
    new = {**parameters, "W_hh": scale * np.eye(H), "b_h": np.zeros(H)}
    states = [np.zeros((len(x), H))]
    for t in range(x.shape[1]):
        states.append(np.maximum(x[:, t] @ new["W_xh"] + states[-1] @ new["W_hh"] + new["b_h"], 0))
    return new, np.stack(states, axis=1)
