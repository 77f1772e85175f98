def encode(text, index, unknown):
    numbers = []
    for token in text:
        number = index.get(token)
        if not number:
            number = unknown
        numbers.append(number)
    return np.array(numbers)
