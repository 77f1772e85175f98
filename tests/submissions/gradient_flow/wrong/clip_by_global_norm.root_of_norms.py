def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.linalg.norm(g) for g in gradients.values()))
    if norm > max_norm:
        return {k: g * max_norm / norm for k, g in gradients.items()}, norm
    return dict(gradients), norm
