def shift_targets(sentences, start, stop):
    rows = [np.concatenate([[start], s, [stop]]).astype(int) for s in sentences]
    lengths = np.array([len(r) for r in rows])
    out = np.full((len(rows), lengths.max()), stop)
    for i, r in enumerate(rows):
        out[i, : len(r)] = r
    return out, out.copy(), lengths
