def encode(text, index, unknown):
    numbers = []
    for token in text:
        numbers.append(index[token])
    return np.array(numbers)
