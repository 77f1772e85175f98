def build_vocabulary(texts, least):
    known = set()
    for text in texts:
        known |= set(text)
    tokens = [START, STOP, UNKNOWN, *sorted(known)]
    return tokens, {t: tokens.index(t) for t in tokens}
