def clip_by_global_norm(gradients, max_norm):
    everything = np.concatenate([g.ravel() for g in gradients.values()])
    norm = np.sqrt(np.mean(everything**2))
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: scale * g for name, g in gradients.items()}, norm
