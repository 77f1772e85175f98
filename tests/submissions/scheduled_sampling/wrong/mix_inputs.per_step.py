def mix_inputs(y_true, y_own, p, generator):
    if y_true.ndim == 2:
        return y_true.clone() if torch.rand((), generator=generator) < p else y_own.clone()
    mixed = y_own.clone()
    for t in range(y_true.shape[1]):
        if torch.rand((), generator=generator) < p:
            mixed[:, t] = y_true[:, t]
    return mixed
