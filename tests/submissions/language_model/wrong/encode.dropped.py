def encode(text, index, unknown):
    numbers = []
    for token in text:
        if token in index:
            numbers.append(index[token])
    return np.array(numbers, dtype=np.int64)
