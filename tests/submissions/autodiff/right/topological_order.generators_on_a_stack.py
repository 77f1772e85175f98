def topological_order(node):
    done = {}

    def walk(n):
        for p in n.parents:
            if p not in done:
                yield p
        done[n] = True

    running = [walk(node)]
    while running:
        step = next(running[-1], None)
        if step is None:
            running.pop()
        else:
            running.append(walk(step))
    return tuple(done)
