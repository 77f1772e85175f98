def train(parameters, loss_and_gradients, batches, learning_rate):
    parameters = parameters.copy()
    losses = np.zeros(len(batches))
    for i in range(len(batches)):
        losses[i], gradients = loss_and_gradients(parameters, batches[i])
        for name in parameters:
            parameters[name] -= learning_rate * gradients[name]
    return parameters, losses
