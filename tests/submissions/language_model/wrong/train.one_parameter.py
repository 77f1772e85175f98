def train(parameters, loss_and_gradients, batches, learning_rate):
    losses = []
    for batch in batches:
        loss, gradients = loss_and_gradients(parameters, batch)
        losses.append(loss)
        name = next(iter(parameters))
        parameters = {**parameters, name: parameters[name] - learning_rate * gradients[name]}
    return parameters, np.array(losses)
