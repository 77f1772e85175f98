def mix_inputs(y_true, y_own, p, generator):
    chances = torch.full(y_true.shape[:-1], p)
    coins = torch.bernoulli(chances, generator=generator)[..., None].to(y_true.dtype)
    return coins * y_true + (1 - coins) * y_own
