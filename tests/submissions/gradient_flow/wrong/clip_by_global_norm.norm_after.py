def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    if norm > max_norm:
        gradients = {name: g * max_norm / norm for name, g in gradients.items()}
        norm = max_norm
    return dict(gradients), norm
