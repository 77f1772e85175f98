def train(parameters, loss_and_gradients, batches, learning_rate):
    new, losses = {name: w.copy() for name, w in parameters.items()}, []
    for _ in batches:
        loss, gradients = loss_and_gradients(new, batches[0])
        losses.append(loss)
        for name in new:
            new[name] = new[name] - learning_rate * gradients[name]
    return new, np.array(losses)
