def clip_by_global_norm(gradients, max_norm):
    norm = float(np.linalg.norm(np.concatenate([np.ravel(g) for g in gradients.values()])))
    if norm <= max_norm:
        return {name: g.copy() for name, g in gradients.items()}, norm
    return {name: g / (norm / max_norm) for name, g in gradients.items()}, norm
