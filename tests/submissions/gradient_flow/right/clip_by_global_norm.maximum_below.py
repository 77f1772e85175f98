def clip_by_global_norm(gradients, max_norm):
    squares = [np.vdot(g, g) for g in gradients.values()]
    norm = np.sqrt(np.sum(squares))
    clipped = dict(zip(gradients, (g * max_norm / max(norm, max_norm) for g in gradients.values())))
    return clipped, norm
