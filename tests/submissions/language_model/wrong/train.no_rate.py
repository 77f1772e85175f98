def train(parameters, loss_and_gradients, batches, learning_rate):
    parameters, losses = dict(parameters), []
    for batch in batches:
        loss, gradients = loss_and_gradients(parameters, batch)
        losses.append(loss)
        for name in parameters:
            parameters[name] = parameters[name] - gradients[name]
    return parameters, losses
