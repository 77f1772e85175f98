def gru_backward(dh, x, h_0, h, r, z, n, step_backward):
    befores = [h_0, *np.swapaxes(h, 0, 1)[:-1]]
    steps = list(zip(*(np.swapaxes(a, 0, 1) for a in (dh, x)), befores, *(np.swapaxes(a, 0, 1) for a in (r, z, n)), strict=True))
    arriving, results = 0 * h_0, []
    while steps:
        outside, *others = steps.pop()
        results.append(step_backward(outside + arriving, *others))
        arriving = results[-1][1]
    dx = np.array([result[0] for result in results[::-1]]).swapaxes(0, 1)
    return (dx, arriving, *(sum(result[k] for result in results) for k in range(2, 6)))
