def train(parameters, loss_and_gradients, batches, learning_rate):
    new, losses, total = dict(parameters), [], 0.0
    for i, batch in enumerate(batches):
        loss, gradients = loss_and_gradients(new, batch)
        total += loss
        losses.append(total / (i + 1))
        new = {name: new[name] - learning_rate * gradients[name] for name in new}
    return new, np.array(losses)
