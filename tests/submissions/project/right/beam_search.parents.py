# Sums in a numpy array; tokens are found at the end by walking back through the parents.
def beam_search(step, h_0, start, stop, width, max_steps):
    totals, h, y = np.zeros(1), h_0[None], np.array([start])
    ended, history = np.zeros(1, dtype=bool), []
    for _ in range(max_steps):
        if ended.all():
            break
        scores, h = step(torch.from_numpy(y), h)
        log_p = torch.log(torch.softmax(scores, 1)).numpy()
        V = log_p.shape[1]
        log_p[ended] = np.where(np.arange(V) == stop, 0.0, -np.inf)
        sums = (totals[:, None] + log_p).ravel()
        best = np.argsort(-sums)[:width]
        parents, y = np.divmod(best, V)
        totals, h, ended = sums[best], h[torch.from_numpy(parents)], ended[parents] | (y == stop)
        history.append((parents, y))
    tokens, row = [], 0
    for parents, y in reversed(history):
        tokens.insert(0, int(y[row]))
        row = parents[row]
    return [token for token in tokens if token != stop], float(totals[0])
