def encode(text, index, unknown):
    numbers = np.zeros(len(text), dtype=int)
    for i, token in enumerate(text):
        if token in index:
            numbers[i] = index[token]
    return numbers
