def clip_by_global_norm(gradients, max_norm):
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    for name in gradients:
        if norm > max_norm:
            gradients[name] = gradients[name] * max_norm / norm
    return gradients, norm
