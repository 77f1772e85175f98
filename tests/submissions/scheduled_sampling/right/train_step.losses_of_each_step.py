def train_step(x, y_0, targets, p, rollout, optimiser):
    for group in optimiser.param_groups:
        for parameter in group["params"]:
            parameter.grad = None
    scores, _ = rollout(x, y_0, targets, p)
    losses = [nn.CrossEntropyLoss()(scores[:, t], targets[:, t].argmax(-1)) for t in range(x.shape[1])]
    loss = torch.stack(losses).mean()
    loss.backward()
    optimiser.step()
    return loss
