# Cut one too late.
def greedy_decode(step, h_0, start, stop, max_steps):
    y, h, columns = torch.full((len(h_0),), start), h_0, []
    for _ in range(max_steps):
        scores, h = step(y, h)
        y = scores.argmax(dim=1)
        columns.append(y)
    answers = []
    for row in torch.stack(columns, dim=1).tolist():
        end = row.index(stop) + 1 if stop in row else max_steps
        answers.append(row[:end])
    return answers
