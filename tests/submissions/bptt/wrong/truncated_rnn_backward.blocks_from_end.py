# One walk, in which the delta is dropped after every k steps.
def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    total, back, walked = {}, np.zeros_like(h_0), 0
    for t in reversed(range(x.shape[1])):
        if walked == k:
            back, walked = np.zeros_like(h_0), 0
        back, copy = step_backward(dh[:, t] + back, x[:, t], h[:, t - 1] if t > 0 else h_0, h[:, t])
        total = {name: total.get(name, 0) + g for name, g in copy.items()}
        walked += 1
    return total
