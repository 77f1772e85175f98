def add(a, b):
    value = a.value.copy()
    rows = value if b.value.ndim < a.value.ndim else value[np.newaxis]
    for row in rows:
        row += b.value

    def pull_back(delta):
        d_b = np.zeros(b.value.shape)
        for row in delta if b.value.ndim < a.value.ndim else [delta]:
            d_b += row
        return delta.copy(), d_b

    return Node(value, (a, b), pull_back)
