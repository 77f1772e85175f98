# heapq, negative sums, a counter against ties; ends as soon as the best has ended, since sums only fall.
import heapq
import itertools


def beam_search(step, h_0, start, stop, width, max_steps):
    counter = itertools.count()
    beam = [(0.0, next(counter), (), h_0)]
    for _ in range(max_steps):
        heap = []
        for minus, _, tokens, h in beam:
            if tokens and tokens[-1] == stop:
                heapq.heappush(heap, (minus, next(counter), tokens, h))
                continue
            scores, new = step(torch.tensor([tokens[-1] if tokens else start]), h.view(1, -1))
            for v, p in enumerate(torch.log_softmax(scores, dim=1).squeeze(0)):
                heapq.heappush(heap, (minus - p.item(), next(counter), (*tokens, v), new.squeeze(0)))
        beam = [heapq.heappop(heap) for _ in range(min(width, len(heap)))]
        if beam[0][2][-1] == stop:
            break
    minus, _, tokens, _ = beam[0]
    return [v for v in tokens if v not in (start, stop)], -minus
