def train(parameters, loss_and_gradients, batches, learning_rate):
    new, losses = dict(parameters), []
    for batch in batches:
        _, gradients = loss_and_gradients(new, batch)
        for name in new:
            new[name] = new[name] - learning_rate * gradients[name]
        loss, _ = loss_and_gradients(new, batch)
        losses.append(loss)
    return new, np.array(losses)
