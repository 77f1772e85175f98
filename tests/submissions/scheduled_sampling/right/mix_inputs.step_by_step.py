def mix_inputs(y_true, y_own, p, generator):
    if y_true.ndim == 2:
        return torch.where(torch.rand(len(y_true), 1, generator=generator) < p, y_true, y_own)
    steps = [mix_inputs(y_true[:, t], y_own[:, t], p, generator) for t in range(y_true.shape[1])]
    return torch.stack(steps, dim=1)
