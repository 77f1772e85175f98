def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    return {name: g * max(norm / max_norm, 1.0) for name, g in gradients.items()}, norm
