def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    clipped = {}
    for name, g in gradients.items():
        if norm > max_norm:
            g *= max_norm / norm
        clipped[name] = g
    return clipped, norm
