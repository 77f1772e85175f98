def mix_inputs(y_true, y_own, p, generator):
    torch.manual_seed(1)
    coins = torch.rand(y_true.shape[:-1]) < p
    return torch.where(coins[..., None], y_true, y_own)
