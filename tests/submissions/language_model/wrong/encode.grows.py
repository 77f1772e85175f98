def encode(text, index, unknown):
    numbers = []
    for token in text:
        if token not in index:
            index[token] = len(index)
        numbers.append(index[token])
    return np.array(numbers)
