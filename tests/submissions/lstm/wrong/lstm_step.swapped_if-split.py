# Took the forget gate to be first, as f comes first in the story.
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    parts = np.split(x_t @ W_xh + h_prev @ W_hh + b, 4, axis=-1)
    f, i, g, o = parts
    f = sigmoid(f); i = sigmoid(i); g = np.tanh(g); o = sigmoid(o)
    c_t = f * c_prev + g * i
    return o * np.tanh(c_t), c_t, np.concatenate([f, i, g, o], axis=-1)
