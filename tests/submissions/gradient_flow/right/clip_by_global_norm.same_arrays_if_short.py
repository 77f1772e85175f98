def clip_by_global_norm(gradients, max_norm):
    total = 0.0
    for g in gradients.values():
        for number in g.flat:
            total += number * number
    scale = max_norm / np.maximum(np.sqrt(total), max_norm)
    return ({name: scale * g for name, g in gradients.items()} if scale < 1 else gradients), np.sqrt(total)
