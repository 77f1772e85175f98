def mix_inputs(y_true, y_own, p, generator):
    if y_true.dim() == 2:
        return mix_inputs(y_true[:, None], y_own[:, None], p, generator)[:, 0]
    mixed = y_own.clone()
    for n in range(y_true.shape[0]):
        for t in range(y_true.shape[1]):
            if torch.rand(1, generator=generator) < p:
                mixed[n, t] = y_true[n, t]
    return mixed
