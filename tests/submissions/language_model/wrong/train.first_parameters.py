def train(parameters, loss_and_gradients, batches, learning_rate):
    new, losses = {name: w.copy() for name, w in parameters.items()}, []
    for batch in batches:
        loss, gradients = loss_and_gradients(parameters, batch)
        losses.append(loss)
        for name in new:
            new[name] -= learning_rate * gradients[name]
    return new, np.array(losses)
