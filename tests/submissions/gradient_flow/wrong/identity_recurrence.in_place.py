def identity_recurrence(x, parameters, scale):
    H = len(parameters["b_h"])
    parameters["W_hh"] = scale * np.eye(H)
    parameters["b_h"] = np.zeros(H)
    h = np.zeros((len(x), H))
    states = []
    for t in range(x.shape[1]):
        h = np.maximum(x[:, t] @ parameters["W_xh"] + h @ parameters["W_hh"] + parameters["b_h"], 0)
        states.append(h)
    return parameters, np.stack(states, axis=1)
