def mix_inputs(y_true, y_own, p, generator):
    u = torch.empty(y_true.shape[:-1] + (1,)).uniform_(generator=generator)
    return torch.where(u > 1 - p, y_true, y_own) if 0 < p < 1 else (y_true if p else y_own).clone()
