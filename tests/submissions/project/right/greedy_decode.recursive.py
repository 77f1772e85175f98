# Recursive, with numpy for the answers; tuples come back.
def greedy_decode(step, h_0, start, stop, max_steps):
    def columns(y, h, left):
        if left == 0:
            return []
        scores, h = step(y, h)
        y = torch.argmax(scores, -1)
        return [y.numpy(), *columns(y, h, left - 1)]

    rows = np.stack(columns(torch.full([len(h_0)], start), h_0, max_steps), axis=1)
    return tuple([int(token) for token in row[: np.argmax(row == stop) if stop in row else len(row)]] for row in rows)
