def build_vocabulary(texts, least):
    every = sum((tuple(text) for text in texts), ())
    tokens = (START, STOP, UNKNOWN) + tuple(sorted({t for t in every if every.count(t) >= least}))
    return tokens, dict(zip(tokens, range(len(tokens))))
