# One sequence at a time.
def greedy_decode(step, h_0, start, stop, max_steps):
    def one(h):
        tokens, y = [], start
        while len(tokens) < max_steps:
            scores, h = step(torch.tensor([y]), h)
            y = scores[0].argmax().item()
            if y == stop:
                break
            tokens.append(y)
        return tokens

    return [one(h[None]) for h in h_0]
