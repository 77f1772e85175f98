def mix_inputs(y_true, y_own, p, generator):
    coins = torch.rand(y_true.shape[:2], generator=generator)
    if y_true.dim() == 3:
        coins = coins[..., None]
    return torch.where(coins < p, y_true, y_own)
