def mix_inputs(y_true, y_own, p, generator):
    coins = torch.rand(y_true.shape, generator=generator) < p
    return coins * y_true + ~coins * y_own
