# Tensors, a mask, and lengths at the end.
def greedy_decode(step, h_0, start, stop, max_steps):
    B = h_0.shape[0]
    taken = torch.full((B, max_steps), stop)
    going = torch.ones(B, dtype=torch.bool)
    y, h = torch.full((B,), start), h_0.clone()
    for t in range(max_steps):
        scores, h = step(y, h)
        y = torch.where(going, scores.argmax(dim=1), stop)
        going &= y != stop
        taken[:, t] = y
        if not going.any():
            break
    lengths = (taken != stop).sum(dim=1)
    return [row[:length].tolist() for row, length in zip(taken, lengths)]
