def topological_order(node):
    found = [node]
    seen = {id(node)}
    for current in found:
        for parent in current.parents:
            if id(parent) not in seen:
                seen.add(id(parent))
                found.append(parent)
    depth = {id(n): 0 for n in found}
    todo = found[::-1]
    changed = True
    while changed:
        changed = False
        for n in todo:
            deepest = max((depth[id(p)] + 1 for p in n.parents), default=0)
            if deepest > depth[id(n)]:
                depth[id(n)] = deepest
                changed = True
    return sorted(found, key=lambda n: depth[id(n)])
