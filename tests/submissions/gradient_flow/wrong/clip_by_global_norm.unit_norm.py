def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    if norm > max_norm:
        return {name: g / norm for name, g in gradients.items()}, norm
    return {name: g for name, g in gradients.items()}, norm
