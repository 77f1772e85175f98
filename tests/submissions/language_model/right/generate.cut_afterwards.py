def generate(step, h_0, start, stop, most, sample):
    x, h, columns = start + np.zeros(len(h_0), dtype=np.int32), h_0, []
    for _ in range(most):
        scores, h = step(x, h)
        x = sample(scores)
        columns.append(x)
    tokens = np.column_stack(columns)
    lengths = np.array([row.tolist().index(stop) if stop in row else most for row in tokens])
    return np.where(np.arange(most) < lengths[:, None], tokens, stop), lengths
