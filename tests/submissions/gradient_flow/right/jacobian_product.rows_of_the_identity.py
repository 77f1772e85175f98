# Each row of the identity is moved along, as a small change of h_start would be.
def jacobian_product(jacobians, start, end):
    B, T, H, _ = jacobians.shape
    out = np.empty((B, H, H), dtype=np.float32)
    for n in range(B):
        for i in range(H):
            row = np.eye(H, dtype=np.float32)[i]
            for t in range(start, end):
                row = row @ jacobians[n, t].astype(np.float32)
            out[n, i] = row
    return out
