def build_vocabulary(texts, least):
    flat = []
    for text in texts:
        flat.extend(text)
    tokens = [START, STOP, UNKNOWN]
    for token in flat:
        if token not in tokens and flat.count(token) >= least:
            tokens.append(token)
    return tokens, {t: i for i, t in enumerate(tokens)}
