def mix_inputs(y_true, y_own, p, generator):
    if torch.rand(1, generator=generator).item() < p:
        return y_true
    return y_own
