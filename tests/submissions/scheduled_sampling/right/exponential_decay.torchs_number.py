def exponential_decay(i, k):
    return torch.tensor(k, dtype=torch.float64) ** i
