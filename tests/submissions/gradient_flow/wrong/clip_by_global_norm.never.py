def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    for g in gradients.values():
        g = g * min(1.0, max_norm / max(norm, 1e-12))
    return gradients, norm
