def softmax_cross_entropy(scores, targets, mask):
    kept = np.nonzero(mask)[0]
    z = scores[kept]
    z = z - z.max(1)[:, None]
    p = np.exp(z)
    p /= p.sum(1, keepdims=True)
    lse = np.log(np.exp(z).sum(1))
    loss = float((lse - np.take_along_axis(z, targets[kept, None], 1)[:, 0]).sum())
    np.put_along_axis(p, targets[kept, None], np.take_along_axis(p, targets[kept, None], 1) - 1, 1)
    out = np.zeros_like(scores)
    out[kept] = p
    return loss, out
