def gru_step_backward(dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h):
    B, H = h_prev.shape
    as_gates = [a.astype(np.float32) for a in (dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h)]
    dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h = as_gates
    da_x = np.empty((B, 3, H), dtype=np.float32)
    q = (h_prev @ W_hh + b_h).reshape(B, 3, H)[:, 2]
    da_x[:, 2] = dh_t * (1 - z) * (1 - n) * (1 + n)
    da_x[:, 1] = (z - z**2) * dh_t * (h_prev - n)
    da_x[:, 0] = (r - r**2) * da_x[:, 2] * q
    da_h = da_x.copy()
    da_h[:, 2] *= r
    da_x, da_h = da_x.reshape(B, 3 * H), da_h.reshape(B, 3 * H)
    dh_prev = np.einsum("bk,hk->bh", da_h, W_hh) + z * dh_t
    return (
        np.einsum("bk,dk->bd", da_x, W_xh),
        dh_prev,
        np.einsum("bd,bk->dk", x_t, da_x),
        np.einsum("bh,bk->hk", h_prev, da_h),
        np.ones(B, dtype=np.float32) @ da_x,
        np.ones(B, dtype=np.float32) @ da_h,
    )
