# Read the condition the wrong way round.
def parameter_count(N, D, H, shared):
    one = D * H + H * H + H
    if not shared:
        return one
    return N * one
