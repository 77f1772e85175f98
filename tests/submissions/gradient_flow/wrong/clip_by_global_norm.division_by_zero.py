def clip_by_global_norm(gradients, max_norm):
    norm = 0.0
    for g in gradients.values():
        norm += float((g**2).sum())
    norm = norm**0.5
    scale = min(max_norm / norm, 1.0)
    return {name: g * scale for name, g in gradients.items()}, norm
