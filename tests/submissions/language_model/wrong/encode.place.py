def encode(text, index, unknown):
    places = {token: i for i, token in enumerate(index)}
    return np.array([places.get(token, unknown) for token in text])
