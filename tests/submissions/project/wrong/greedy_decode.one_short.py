# The start token counts as a step.
def greedy_decode(step, h_0, start, stop, max_steps):
    answers = [[start] for _ in range(len(h_0))]
    h = h_0
    while len(answers[0]) < max_steps:
        scores, h = step(torch.tensor([answer[-1] for answer in answers]), h)
        for answer, token in zip(answers, scores.argmax(dim=1).tolist()):
            answer.append(token)
    return [answer[1 : answer.index(stop, 1) if stop in answer[1:] else None] for answer in answers]
