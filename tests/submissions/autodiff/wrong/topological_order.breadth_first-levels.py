def topological_order(node):
    level, levels, seen = [node], [], {id(node)}
    while level:
        levels.append(level)
        following = []
        for current in level:
            for parent in current.parents:
                if id(parent) not in seen:
                    seen.add(id(parent))
                    following.append(parent)
        level = following
    return [n for one in levels[::-1] for n in one[::-1]]
