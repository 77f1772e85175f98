def train(parameters, loss_and_gradients, batches, learning_rate):
    if not batches:
        return parameters, []
    loss, gradients = loss_and_gradients(parameters, batches[0])
    after = {name: np.subtract(w, gradients[name] * learning_rate) for name, w in parameters.items()}
    last, losses = train(after, loss_and_gradients, batches[1:], learning_rate)
    return last, [loss, *losses]
