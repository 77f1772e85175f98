# A layer maps D numbers to H numbers.
def parameter_count(N, D, H, shared):
    one = H * (D + 1)
    if shared:
        return one
    return N * one
