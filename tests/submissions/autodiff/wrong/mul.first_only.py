def mul(a, b):
    factor = b.value

    def pull_back(delta):
        return (factor * delta,)

    return Node(a.value * factor, [a], pull_back)
