def train(parameters, loss_and_gradients, batches, learning_rate):
    new, losses = dict(parameters), []
    grad = {name: 0.0 for name in parameters}
    for batch in batches:
        loss, gradients = loss_and_gradients(new, batch)
        losses.append(loss)
        for name in new:
            grad[name] = grad[name] + gradients[name]
            new[name] = new[name] - learning_rate * grad[name]
    return new, np.array(losses)
