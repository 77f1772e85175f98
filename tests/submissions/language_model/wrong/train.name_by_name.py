def train(parameters, loss_and_gradients, batches, learning_rate):
    w = {name: array.copy() for name, array in parameters.items()}
    losses = []
    for batch in batches:
        losses.append(loss_and_gradients(w, batch)[0])
        for name in w:
            w[name] = w[name] - learning_rate * loss_and_gradients(w, batch)[1][name]
    return w, np.array(losses)
