def clip_by_global_norm(gradients, max_norm):
    norm = sum(np.linalg.norm(g) for g in gradients.values())
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: scale * g for name, g in gradients.items()}, norm
