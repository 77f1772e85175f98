def encode(text, index, unknown):
    numbers = []
    for token in text:
        try:
            numbers.append(index[token])
        except KeyError:
            numbers.append(unknown)
    return numbers
