def clip_by_global_norm(gradients, max_norm):
    norm = sum(np.sum(g**2) for g in gradients.values())
    scale = 1.0
    if norm > max_norm:
        scale = max_norm / norm
    return {name: scale * g for name, g in gradients.items()}, norm
