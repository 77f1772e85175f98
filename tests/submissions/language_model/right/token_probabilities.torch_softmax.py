def token_probabilities(scores, temperature):
    import torch

    return torch.softmax(torch.tensor(np.asarray(scores)) / temperature, dim=-1).numpy()
