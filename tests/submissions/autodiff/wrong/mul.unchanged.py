def mul(a, b):
    out = a.value * b.value

    def pull_back(delta):
        return [delta for parent in (a, b)]

    return Node(out, [a, b], pull_back)
