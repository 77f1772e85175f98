def mix_inputs(y_true, y_own, p, generator):
    both = torch.stack([y_own, y_true], dim=-2)  # (..., 2, V)
    which = (torch.rand(y_true.shape[:-1], generator=generator, dtype=torch.float64) < p).long()
    picked = nn.functional.one_hot(which, 2).to(both.dtype)
    return torch.einsum("...i,...iv->...v", picked, both)
