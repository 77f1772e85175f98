def concat(a, b):
    def pull_back(delta):
        D = a.value.shape[1]
        return delta[:, -D:], delta[:, :-D]

    return Node(np.hstack([a.value, b.value]), [a, b], pull_back)
