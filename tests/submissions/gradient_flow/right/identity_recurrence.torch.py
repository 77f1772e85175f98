def identity_recurrence(x, parameters, scale):
    import torch

    D, H = parameters["W_xh"].shape
    rnn = torch.nn.RNN(D, H, nonlinearity="relu", batch_first=True).double()
    with torch.no_grad():
        rnn.weight_ih_l0[:] = torch.tensor(parameters["W_xh"]).T
        rnn.weight_hh_l0[:] = scale * torch.eye(H)
        rnn.bias_ih_l0.zero_(), rnn.bias_hh_l0.zero_()
        h = rnn(torch.tensor(x))[0]
    started = {"b_h": torch.zeros(H).numpy(), "W_hh": rnn.weight_hh_l0.detach().T.numpy(), "W_xh": parameters["W_xh"]}
    return started, h.numpy()
