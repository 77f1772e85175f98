def identity_recurrence(x, parameters, scale):
    W_xh, W_hh, b_h = parameters["W_xh"], parameters["W_hh"], parameters["b_h"]
    W_hh.fill(0.0)
    np.fill_diagonal(W_hh, scale)
    b_h.fill(0.0)
    h = np.zeros((len(x), len(b_h)))
    states = []
    for t in range(x.shape[1]):
        h = np.maximum(x[:, t] @ W_xh + h @ W_hh + b_h, 0)
        states.append(h)
    return {"W_xh": W_xh, "W_hh": W_hh, "b_h": b_h}, np.stack(states, axis=1)
