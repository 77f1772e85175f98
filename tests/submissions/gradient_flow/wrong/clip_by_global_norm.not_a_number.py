def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    return {name: g / norm * np.minimum(norm, max_norm) for name, g in gradients.items()}, norm
