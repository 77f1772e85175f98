# A class for hypotheses; a list of the two comes back.
from dataclasses import dataclass
from functools import total_ordering


@total_ordering
@dataclass(eq=False)
class Hypothesis:
    tokens: list
    total: float
    state: torch.Tensor
    start: int
    stop: int

    def __lt__(self, other):
        return self.total < other.total

    @property
    def ended(self):
        return self.tokens[-1:] == [self.stop]

    def continuations(self, step):
        scores, h = step(torch.tensor([self.tokens[-1] if self.tokens else self.start]), self.state[None])
        for v, p in enumerate(scores[0].log_softmax(0)):
            yield Hypothesis([*self.tokens, v], self.total + float(p), h[0], self.start, self.stop)


def beam_search(step, h_0, start, stop, width, max_steps):
    beam = [Hypothesis([], 0.0, h_0, start, stop)]
    for _ in range(max_steps):
        candidates = []
        for one in beam:
            candidates.extend([one] if one.ended else one.continuations(step))
        candidates.sort(reverse=True)
        beam = candidates[:width]
    best = max(beam)
    return [best.tokens[:-1] if best.ended else best.tokens, best.total]
