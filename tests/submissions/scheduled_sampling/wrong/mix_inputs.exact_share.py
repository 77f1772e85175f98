def mix_inputs(y_true, y_own, p, generator):
    shape = y_true.shape[:-1]
    count = math.prod(shape)
    chosen = torch.randperm(count, generator=generator)[: round(p * count)]
    is_true = torch.zeros(count, dtype=torch.bool)
    is_true[chosen] = True
    return torch.where(is_true.reshape(shape).unsqueeze(-1), y_true, y_own)
