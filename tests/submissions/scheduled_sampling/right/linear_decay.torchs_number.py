def linear_decay(i, k, c, eps):
    return torch.maximum(torch.tensor(eps), torch.tensor(k - c * i))
