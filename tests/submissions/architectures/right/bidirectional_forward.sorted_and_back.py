def bidirectional_forward(x, lengths, h_0, weights, layer):
    order = np.argsort(lengths)[::-1]
    back = np.argsort(order)
    x, ends = x[order], lengths[order]
    turned = x.copy()
    for row, source, end in zip(turned, x, ends, strict=True):
        row[:end] = source[end - 1 :: -1] if end < x.shape[1] else source[::-1]
    halves = [layer(a, h_0[i][order], weights[i]) for i, a in enumerate((x, turned))]
    last = [half[np.arange(len(ends)), ends - 1] for half in halves]
    h = np.concatenate([np.zeros_like(half) for half in halves], axis=2)
    H = h.shape[2] // 2
    for n, end in enumerate(ends):
        h[n, :end, :H], h[n, :end, H:] = halves[0][n, :end], np.flipud(halves[1][n, :end])
    return h[back], np.hstack(last)[back]
