def clip_by_global_norm(gradients, max_norm):
    clipped = {name: np.array(g, dtype=np.float32) for name, g in gradients.items()}
    norm = np.sqrt(sum(np.vdot(g, g) for g in clipped.values()))
    if norm > max_norm:
        for g in clipped.values():
            g *= max_norm / norm
    return clipped, norm
