# As torch does it.
def clip_by_global_norm(gradients, max_norm):
    norm = np.linalg.norm([np.linalg.norm(g) for g in gradients.values()])
    scale = min(1.0, max_norm / (norm + 1e-6))
    return {name: g * scale for name, g in gradients.items()}, norm
