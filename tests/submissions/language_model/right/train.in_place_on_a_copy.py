import copy


def train(parameters, loss_and_gradients, batches, learning_rate):
    new, losses = copy.deepcopy(parameters), np.zeros(len(batches))
    for i, batch in enumerate(batches):
        losses[i], gradients = loss_and_gradients(new, batch)
        for name, g in gradients.items():
            new[name] -= learning_rate * g
    return new, losses
