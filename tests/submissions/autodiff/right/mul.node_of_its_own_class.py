class Product(Node):
    def __init__(self, a, b):
        super().__init__(a.value * b.value, [a, b], self.back)

    def back(self, delta):
        a, b = self.parents
        return [np.multiply(delta, b.value), np.multiply(delta, a.value)]


def mul(a, b):
    return Product(a, b)
