# axis 0 throughout.
def softmax_cross_entropy(scores, targets, mask):
    z = scores - scores.max(axis=0)
    log_p = z - np.log(np.exp(z).sum(axis=0))
    one_hot = np.eye(scores.shape[1])[targets]
    loss = -(log_p * one_hot * mask[:, None]).sum()
    return loss, (np.exp(log_p) - one_hot) * mask[:, None]
