def identity_recurrence(x, parameters, scale):
    H = len(parameters["b_h"])
    started = {"W_xh": parameters["W_xh"].copy(), "W_hh": scale * np.eye(H), "b_h": np.zeros(H)}
    h, states = np.zeros((len(x), H)), []
    for t in range(x.shape[1]):
        h = x[:, t] @ started["W_xh"] + np.maximum(h @ started["W_hh"], 0)
        states.append(h)
    return started, np.stack(states, axis=1)
