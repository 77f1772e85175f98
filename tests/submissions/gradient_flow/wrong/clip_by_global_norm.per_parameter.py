def clip_by_global_norm(gradients, max_norm):
    total, clipped = 0.0, {}
    for name, g in gradients.items():
        n = np.linalg.norm(g)
        total += n**2
        clipped[name] = g * (max_norm / n) if n > max_norm else g.copy()
    return clipped, np.sqrt(total)
