def inverse_sigmoid_decay(i, k):
    return torch.sigmoid(torch.tensor(math.log(k) - i / k))
