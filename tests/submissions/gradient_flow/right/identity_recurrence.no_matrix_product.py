# With s times the identity, the state's term is s h; the bias is nothing.
def identity_recurrence(x, parameters, scale):
    B, T, _ = x.shape
    H = parameters["W_hh"].shape[1]
    h = np.zeros((B, T + 1, H))
    drive = np.einsum("btd,dh->bth", x, parameters["W_xh"])
    for t in range(T):
        h[:, t + 1] = np.clip(drive[:, t] + scale * h[:, t], 0, None)
    return {"b_h": np.zeros(H), "W_hh": np.diag([scale] * H), "W_xh": parameters["W_xh"].copy()}, h[:, 1:]
