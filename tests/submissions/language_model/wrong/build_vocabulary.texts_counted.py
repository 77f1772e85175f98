def build_vocabulary(texts, least):
    known = sorted(set().union(*texts))
    tokens = [START, STOP, UNKNOWN]
    for token in known:
        if sum(token in text for text in texts) >= least:
            tokens.append(token)
    return tokens, {t: i for i, t in enumerate(tokens)}
