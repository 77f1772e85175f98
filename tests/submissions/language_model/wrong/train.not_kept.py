def train(parameters, loss_and_gradients, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, gradients = loss_and_gradients(parameters, batch)
        losses.append(loss)
        new = {}
        for name in parameters:
            new[name] = parameters[name] - learning_rate * gradients[name]
    return new, np.array(losses)
