def mix_inputs(y_true, y_own, p, generator):
    coins = torch.randn(y_true.shape[:-1], generator=generator)[..., None]
    return torch.where(coins < p, y_true, y_own)
