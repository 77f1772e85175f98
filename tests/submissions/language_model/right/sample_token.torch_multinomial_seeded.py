def sample_token(p, rng):
    import torch

    g = torch.Generator().manual_seed(int(rng.integers(2**62)))
    return torch.multinomial(torch.tensor(np.array(p)), 1, generator=g)[:, 0].numpy()
