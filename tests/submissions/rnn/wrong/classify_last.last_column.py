# The last state is the last state.
def classify_last(h, lengths, W_hy, b_y):
    scores = np.dot(h[:, h.shape[1] - 1, :], W_hy) + b_y
    return scores, np.argmax(scores, axis=-1)
