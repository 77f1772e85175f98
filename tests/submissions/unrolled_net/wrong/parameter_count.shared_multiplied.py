# Every layer has its weights, shared or not.
def parameter_count(N, D, H, shared):
    total = 0
    for _ in range(N):
        total += H * (D + H + 1)
    return total
