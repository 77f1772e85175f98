def clip_by_global_norm(gradients, max_norm):
    norm = np.abs(np.concatenate([g.ravel() for g in gradients.values()])).sum()
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: scale * g for name, g in gradients.items()}, norm
