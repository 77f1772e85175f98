def encode(text, index, unknown):
    numbers = np.full(len(text), unknown)
    for i in range(len(text)):
        if text[i] in index:
            numbers[i] = index[text[i]]
    return numbers
