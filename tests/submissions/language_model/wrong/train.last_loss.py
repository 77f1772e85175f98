def train(parameters, loss_and_gradients, batches, learning_rate):
    new = dict(parameters)
    for batch in batches:
        losses, gradients = loss_and_gradients(new, batch)
        for name in new:
            new[name] = new[name] - learning_rate * gradients[name]
    return new, losses
