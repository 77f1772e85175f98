# The whole product anew for every state.
def gradient_norms(dh_T, jacobians):
    B, T, H, _ = jacobians.shape
    out = []
    for n in range(B):
        row = []
        for t in range(T + 1):
            P = np.eye(H)
            for k in range(t, T):
                P = P @ jacobians[n, k]
            row.append(np.linalg.norm(P @ dh_T[n]))
        out.append(row)
    return np.array(out)
