def lstm_step_backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    import torch

    i, f, g, o = np.split(gates, 4, axis=1)
    sums = np.concatenate([np.log(i / (1 - i)), np.log(f / (1 - f)), np.arctanh(g), np.log(o / (1 - o))], axis=1)
    a = torch.tensor(sums, requires_grad=True)
    c = torch.tensor(c_prev, requires_grad=True)
    i, f, g, o = a.chunk(4, dim=1)
    new = f.sigmoid() * c + i.sigmoid() * g.tanh()
    shown = o.sigmoid() * new.tanh()
    da, dc_prev = torch.autograd.grad([shown, new], [a, c], [torch.tensor(dh_t), torch.tensor(dc_t)])
    return da.numpy(), da.numpy() @ W_hh.T, dc_prev.numpy()
