# Starts the list with the initial state.
def rnn_forward(x, h_0, step):
    states = [h_0]
    for t in range(x.shape[1]):
        states.append(step(x[:, t], states[-1]))
    return np.stack(states, axis=1), states[-1]
