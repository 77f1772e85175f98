def lstm_backward(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    T = dh.shape[1]
    both_h = np.concatenate([h_0[:, None], h], axis=1)
    both_c = np.concatenate([c_0[:, None], c], axis=1)
    back = (np.zeros_like(h_0), np.zeros_like(c_0))
    deltas = []
    for t in range(T)[::-1]:
        total = dh[:, t] + back[0]
        delta, *back = step_backward(total, back[1], both_c[:, t], both_c[:, t + 1], gates[:, t], W_hh)
        deltas.insert(0, delta)
    da = np.stack(deltas, axis=1)
    return (
        np.einsum("btk,dk->btd", da, W_xh),
        back[0],
        back[1],
        np.einsum("btd,btk->dk", x, da),
        np.einsum("bth,btk->hk", both_h[:, :-1], da),
        np.einsum("btk->k", da),
    )
