def inverse_sigmoid_decay(i, k):
    return float(torch.sigmoid(torch.tensor(math.log(k) - i / k, dtype=torch.float64)))
