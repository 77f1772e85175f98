def mix_inputs(y_true, y_own, p, generator):
    mixed = torch.empty_like(y_own)
    for n in range(len(y_true)):
        own = torch.rand(y_true[n].shape[:-1], generator=generator) >= p
        mixed[n] = y_true[n]
        mixed[n][own] = y_own[n][own]
    return mixed
