def topological_order(node):
    done, finished, waiting = set(), [], [node]
    while waiting:
        last = waiting[-1]
        missing = [p for p in last.parents if p not in done]
        if missing:
            waiting.append(missing[0])
        else:
            waiting.pop()
            done.add(last)
            finished.append(last)
    finished.reverse()
    return finished
