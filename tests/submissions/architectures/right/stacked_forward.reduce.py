# With functools, torch tensors in between, and tuples.
def stacked_forward(x, h_0, weights, layer):
    from functools import reduce

    def go(states, l):
        return states + [layer(states[-1], h_0[l], weights[l])]

    states = reduce(go, range(len(h_0)), [x])
    last = torch.stack([torch.tensor(h)[:, -1] for h in states[1:]])
    return states[-1].copy(), last.numpy()
