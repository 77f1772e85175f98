def identity_recurrence(x, parameters, scale):
    new = {name: value.astype(np.float32) for name, value in parameters.items()}
    new["b_h"][...] = 0
    new["W_hh"][...] = 0
    for i in range(len(new["b_h"])):
        new["W_hh"][i, i] = scale
    states = np.empty((x.shape[0], x.shape[1], len(new["b_h"])), dtype=np.float32)
    for n in range(len(x)):
        h = np.zeros(len(new["b_h"]), dtype=np.float32)
        for t, x_t in enumerate(x[n].astype(np.float32)):
            a = x_t @ new["W_xh"] + h @ new["W_hh"] + new["b_h"]
            h = a * (a > 0)
            states[n, t] = h
    return new, states
