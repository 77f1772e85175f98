def mix_inputs(y_true, y_own, p, generator):
    return torch.where(torch.rand_like(y_true[..., :1]) < p, y_true, y_own)
