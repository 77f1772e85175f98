# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3 (ipykernel)
#     language: python
#     name: python3
# ---

# %% [markdown]
# # The LSTM: a memory with gates
#
# **Points**: 47 by the autograder, 4 for a written answer. **Time**: about 150 minutes.
#
# You will build a long short-term memory, forward and backward, with nothing but NumPy,
# and train it to name a speaker some time after he has fallen silent.
#
# Afterwards you will be able to
#
# - write the step of an LSTM with the weights of all its gates in one matrix,
# - carry two states along a sequence, the cell state and the hidden state,
# - open the forget gates of a fresh network, and say what that does to a gradient,
# - derive and write the gradient of the step, with every path through it,
# - turn the deltas of all steps into the gradients of all weights at once.
#
# After each task a locked line such as `check(lstm_step)` tells you at once what is right and what your mistake looks like.
# It uses prepared examples; your work is graded with other ones.
# The tasks do not depend on each other: if one of them resists, go on with the next.
# Only the last part uses your functions together. Keep the names of functions and parameters.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `D` inputs per step, `H` units.
# Batch first, vectors are rows.
#
# **Four in one.** An LSTM has an input gate $i$, a forget gate $f$, a candidate $g$ and an output gate $o$, **always in this order**.
# Their weights stand side by side: the first `H` columns of `W_xh`, `(D, 4H)`, belong to $i$, the next `H` to $f$, then come those of $g$ and of $o$.
# The same goes for `W_hh`, `(H, 4H)`, and for the one bias `b`, `(4H,)`.
# An array called `gates`, `(B, 4H)`, holds what the four give out, after their non-linearities and in the same order.

# %% setup=true
import numpy as np

from unrolled import check, data, plots


def sigmoid(a):
    """The logistic sigmoid 1 / (1 + exp(-a)), written so that nothing overflows."""
    return 0.5 * (1 + np.tanh(0.5 * a))


# %% [markdown]
# ## 1. The step
#
# $$\begin{aligned}
# [\,a_i,\; a_f,\; a_g,\; a_o\,] &= x_t W_{xh} + h_{t-1} W_{hh} + b \\
# i = \sigma(a_i), \qquad f &= \sigma(a_f), \qquad g = \tanh(a_g), \qquad o = \sigma(a_o) \\
# c_t &= f \odot c_{t-1} + i \odot g \\
# h_t &= o \odot \tanh(c_t)
# \end{aligned}$$
#
# The sigmoid $\sigma$ is there already, as `sigmoid`.
#
# *Example by hand* (`D` = `H` = 1): all weights and biases are 0, and $c_{t-1}$ = 4.
# Then $i$ = $f$ = $o$ = 0.5 and $g$ = 0, so $c_t$ = 0.5 · 4 + 0.5 · 0 = 2 and $h_t$ = 0.5 · tanh 2 = 0.482.

# %% exercise="lstm_step"
def lstm_step(x_t, h_prev, c_prev, W_xh, W_hh, b):
    """One step of an LSTM with forget gates (Hochreiter and Schmidhuber, 1997; Gers et al., 2000).

    x_t: (B, D) input; h_prev: (B, H), c_prev: (B, H) states before the step
    W_xh: (D, 4H), W_hh: (H, 4H), b: (4H,) parameters, in the order i, f, g, o
    Returns h_t: (B, H), c_t: (B, H), the states after the step, and gates: (B, 4H), the values of i, f, g, o.
    """
    ### BEGIN SOLUTION
    a = x_t @ W_xh + h_prev @ W_hh + b  # (B, 4H)
    a_i, a_f, a_g, a_o = np.split(a, 4, axis=1)  # (B, H) each
    i, f, g, o = sigmoid(a_i), sigmoid(a_f), np.tanh(a_g), sigmoid(a_o)
    c_t = f * c_prev + i * g
    h_t = o * np.tanh(c_t)
    return h_t, c_t, np.concatenate([i, f, g, o], axis=1)
    ### END SOLUTION


# %% try="lstm_step"
# The example by hand: expect h_t = [[0.482]], c_t = [[2.]], gates = [[0.5 0.5 0. 0.5]]
lstm_step(np.array([[1.0]]), np.array([[2.0]]), np.array([[4.0]]), np.zeros((1, 4)), np.zeros((1, 4)), np.zeros(4))

# %% check="lstm_step" points=12
check(lstm_step)

# %% [markdown]
# ## 2. The loop
#
# Two states travel along the sequence now: $(h_t, c_t)$ go from each step to the next.
# The loop takes the step as an argument, and keeps everything that the way back will need.
#
# *Example by hand*: let `step` return `x_t + 10 * h_prev` as the hidden state and `c_prev - x_t` as the cell state.
# For one sequence 1, 2, 3 and zeros to start from, the hidden states are 1, 12, 123 and the cell states −1, −3, −6.

# %% exercise="lstm_forward"
def lstm_forward(x, h_0, c_0, W_xh, W_hh, b, step):
    """All states of an LSTM on a batch of sequences of one length.

    x: (B, T, D) inputs; h_0: (B, H), c_0: (B, H) states before the first step
    W_xh: (D, 4H), W_hh: (H, 4H), b: (4H,) parameters
    step: a function step(x_t, h_prev, c_prev, W_xh, W_hh, b) -> h_t, c_t, gates, like lstm_step
    Returns h: (B, T, H), c: (B, T, H), the states after each step, and gates: (B, T, 4H).
    """
    ### BEGIN SOLUTION
    kept, h_t, c_t = [], h_0, c_0
    for t in range(x.shape[1]):
        h_t, c_t, gates = step(x[:, t], h_t, c_t, W_xh, W_hh, b)
        kept.append((h_t, c_t, gates))
    return tuple(np.stack(of_all_steps, axis=1) for of_all_steps in zip(*kept, strict=True))
    ### END SOLUTION


# %% try="lstm_forward"
# The example by hand: expect h = [1. 12. 123.] and c = [-1. -3. -6.]
h, c, gates = lstm_forward(
    np.array([[[1.0], [2.0], [3.0]]]), np.zeros((1, 1)), np.zeros((1, 1)), np.zeros((1, 4)), np.zeros((1, 4)), np.zeros(4),
    lambda x_t, h_prev, c_prev, W_xh, W_hh, b: (x_t + 10 * h_prev, c_prev - x_t, np.zeros((1, 4))),
)
h[0, :, 0], c[0, :, 0]

# %% check="lstm_forward" points=7
check(lstm_forward)

# %% [markdown]
# ## 3. A forget gate that is open to begin with
#
# Biases usually start at 0 or near it. Then every forget gate starts near $\sigma(0) = 0.5$, and half of each memory is gone after one step.
# The remedy is to start with a larger bias in the forget gate's slot, and in no other.
#
# *Example by hand*: `H` = 2 and `b` = (1, 2, 3, 4, 5, 6, 7, 8). A forget bias of 9 makes it (1, 2, 9, 9, 5, 6, 7, 8).

# %% exercise="forget_bias"
def forget_bias(b, value):
    """The biases of an LSTM with those of the forget gate set to a value (Jozefowicz et al., 2015).

    b: (4H,) biases in the order i, f, g, o; value: a number
    Returns a new array (4H,), and leaves b as it was.
    """
    ### BEGIN SOLUTION
    H = len(b) // 4
    new = b.copy()
    new[H : 2 * H] = value
    return new
    ### END SOLUTION


# %% try="forget_bias"
# The example by hand: expect [1. 2. 9. 9. 5. 6. 7. 8.]
forget_bias(np.arange(1.0, 9.0), 9.0)

# %% check="forget_bias" points=3
check(forget_bias)

# %% [markdown]
# ## 4. The gradient along the cell state
#
# There is a direct way from $c_t$ to $c_T$: through $c_{t+1} = f_{t+1} \odot c_t + \dots$, then $c_{t+2} = f_{t+2} \odot c_{t+1} + \dots$, and so on.
# The gates also depend on earlier states, through $h$; along this way alone they are held fixed. Then
#
# $$\frac{\partial c_T}{\partial c_t} = f_{t+1} \odot f_{t+2} \odot \dots \odot f_T,$$
#
# unit by unit, and 1 for $t = T$. A forget gate may be closed altogether, $f = 0$.
#
# *Example by hand*: one sequence, one unit, forget gates 0.5, 1, 0.25.
# From $c_3$ to $c_3$ it is 1, from $c_2$ it is 0.25, and from $c_1$ it is 1 · 0.25 = 0.25.

# %% exercise="cell_gradient"
def cell_gradient(f):
    """The derivative of the last cell state with respect to each one, along the cell state, with the gates held fixed.

    f: (B, T, H) forget gates of all steps, numbers from 0 to 1
    Returns (B, T, H): at [:, t] the derivative of the state after the last step with respect to the state after step t.
    """
    ### BEGIN SOLUTION
    gradient = np.ones_like(f)
    for t in reversed(range(f.shape[1] - 1)):
        gradient[:, t] = f[:, t + 1] * gradient[:, t + 1]
    return gradient
    ### END SOLUTION


# %% try="cell_gradient"
# The example by hand: expect [0.25 0.25 1.]
cell_gradient(np.array([[[0.5], [1.0], [0.25]]]))[0, :, 0]

# %% check="cell_gradient" points=5
check(cell_gradient)

# %% [markdown]
# ## 5. The step, backward
#
# Two gradients come in from the right: `dh_t` for $h_t$ and `dc_t` for $c_t$, the latter from step $t + 1$.
# But $c_t$ has two ways to the loss, since $h_t$ is made of it. So first
#
# $$\mathrm{d}c = \mathrm{d}c_t + \mathrm{d}h_t \odot o \odot \big(1 - \tanh^2 c_t\big).$$
#
# From there go back to $i$, $f$, $g$ and $c_{t-1}$, and from $h_t$ to $o$. Then go through the four non-linearities, whose slopes are
# best written with their outputs: $\sigma' = s (1 - s)$ and $\tanh' = 1 - g^2$.
# What you have then is the gradient of the four sums, `da`, in the order $i$, $f$, $g$, $o$; one product with the right matrix makes `dh_prev` of it.
# The gradients of the weights can wait: in the next task they follow from the `da` of all steps.
#
# *Example by hand* (`B` = `H` = 1): $i$ = $f$ = $o$ = 0.5, $g$ = −0.5, $c_{t-1}$ = 0.5, hence $c_t$ = 0; `dh_t` = 8, `dc_t` = 2; `W_hh` holds ones.
# Then d$c$ = 2 + 8 · 0.5 · 1 = 6 and `da` = (6 · (−0.5) · 0.25, 6 · 0.5 · 0.25, 6 · 0.5 · 0.75, 8 · 0 · 0.25) = (−0.75, 0.75, 2.25, 0).
# So `dh_prev` = 2.25 and `dc_prev` = 6 · 0.5 = 3.

# %% exercise="lstm_step_backward"
def lstm_step_backward(dh_t, dc_t, c_prev, c_t, gates, W_hh):
    """Gradients of one step of an LSTM, from those of its two results.

    dh_t: (B, H), dc_t: (B, H) gradients of the loss with respect to h_t, and to c_t by way of the next step
    c_prev: (B, H), c_t: (B, H) cell states before and after the step; gates: (B, 4H) values of i, f, g, o
    W_hh: (H, 4H) weights of the hidden state
    Returns da: (B, 4H), gradient of the four sums, in the order i, f, g, o, dh_prev: (B, H) and dc_prev: (B, H).
    """
    ### BEGIN SOLUTION
    i, f, g, o = np.split(gates, 4, axis=1)
    tanh_c = np.tanh(c_t)
    dc = dc_t + dh_t * o * (1 - tanh_c**2)
    da_i = dc * g * i * (1 - i)
    da_f = dc * c_prev * f * (1 - f)
    da_g = dc * i * (1 - g**2)
    da_o = dh_t * tanh_c * o * (1 - o)
    da = np.concatenate([da_i, da_f, da_g, da_o], axis=1)
    return da, da @ W_hh.T, dc * f
    ### END SOLUTION


# %% try="lstm_step_backward"
# The example by hand: expect da = [[-0.75 0.75 2.25 0.]], dh_prev = [[2.25]], dc_prev = [[3.]]
lstm_step_backward(
    np.array([[8.0]]), np.array([[2.0]]), np.array([[0.5]]), np.array([[0.0]]), np.array([[0.5, 0.5, -0.5, 0.5]]), np.ones((1, 4))
)

# %% check="lstm_step_backward" points=12
check(lstm_step_backward)

# %% [markdown]
# ## 6. The sequence, backward
#
# Walk from the last step to the first. Into each step goes what the loss asks of $h_t$ directly, `dh[:, t]`, **plus** what comes
# back from step $t + 1$; for the cell state there is only what comes back. Behind the last step both are zero.
#
# Keep the `da` of every step. The sums were $a_t = x_t W_{xh} + h_{t-1} W_{hh} + b$ in each of them, so at the end
#
# $$\frac{\partial L}{\partial x_t} = \mathrm{d}a_t W_{xh}^\top, \qquad
# \frac{\partial L}{\partial W_{xh}} = \sum_t x_t^\top \mathrm{d}a_t, \qquad
# \frac{\partial L}{\partial W_{hh}} = \sum_t h_{t-1}^\top \mathrm{d}a_t, \qquad
# \frac{\partial L}{\partial b} = \sum_t \mathrm{d}a_t,$$
#
# each summed over the sequences of the batch, too. You can add up step by step, or take one product for all steps, which is faster.
#
# *Example by hand* (`B` = `D` = `H` = 1, `T` = 2): `step_backward` returns `da` = four times `dh_t`, `dh_prev` = 10 · `dh_t` and `dc_prev` = `dc_t` + 1.
# `dh` is 1, 2, the inputs are 1, 3, $h_0$ = 0, $h_1$ = 5, and `W_xh` holds ones.
# The second step gets `dh_t` = 2 and gives 20 back; the first gets 1 + 20 = 21. So `dx` is 84, 8; `dh_0` = 210; `dc_0` = 2;
# each entry of `dW_xh` is 1 · 21 + 3 · 2 = 27, of `dW_hh` 0 · 21 + 5 · 2 = 10, and of `db` 23.

# %% exercise="lstm_backward"
def lstm_backward(dh, x, h_0, c_0, h, c, gates, W_xh, W_hh, step_backward):
    """Gradients of an LSTM over a sequence, from those of its hidden states.

    dh: (B, T, H) what the loss asks of each h_t directly
    x: (B, T, D), h_0: (B, H), c_0: (B, H) what entered the network
    h: (B, T, H), c: (B, T, H), gates: (B, T, 4H) what lstm_forward gave for it
    W_xh: (D, 4H), W_hh: (H, 4H) weights
    step_backward: a function step_backward(dh_t, dc_t, c_prev, c_t, gates_t, W_hh) -> da, dh_prev, dc_prev, like lstm_step_backward
    Returns dx: (B, T, D), dh_0: (B, H), dc_0: (B, H), dW_xh: (D, 4H), dW_hh: (H, 4H), db: (4H,).
    """
    ### BEGIN SOLUTION
    h_prev = np.concatenate([h_0[:, np.newaxis], h[:, :-1]], axis=1)  # (B, T, H)
    c_prev = np.concatenate([c_0[:, np.newaxis], c[:, :-1]], axis=1)
    da, dh_next, dc_next = np.zeros_like(gates), np.zeros_like(h_0), np.zeros_like(c_0)
    for t in reversed(range(x.shape[1])):
        da[:, t], dh_next, dc_next = step_backward(
            dh[:, t] + dh_next, dc_next, c_prev[:, t], c[:, t], gates[:, t], W_hh
        )
    da_rows = da.reshape(-1, da.shape[2])  # (B * T, 4H): a row for each step of each sequence
    dW_xh = x.reshape(len(da_rows), -1).T @ da_rows
    dW_hh = h_prev.reshape(len(da_rows), -1).T @ da_rows
    return da @ W_xh.T, dh_next, dc_next, dW_xh, dW_hh, da_rows.sum(axis=0)
    ### END SOLUTION


# %% try="lstm_backward"
# The example by hand: expect dx = [84. 8.], dh_0 = [[210.]], dc_0 = [[2.]], and 27, 10, 23 for the entries of the others
dx, *others = lstm_backward(
    np.array([[[1.0], [2.0]]]), np.array([[[1.0], [3.0]]]), np.zeros((1, 1)), np.zeros((1, 1)),
    np.array([[[5.0], [6.0]]]), np.zeros((1, 2, 1)), np.zeros((1, 2, 4)), np.ones((1, 4)), np.ones((1, 4)),
    lambda dh_t, dc_t, c_prev, c_t, gates_t, W_hh: (np.tile(dh_t, 4), 10 * dh_t, dc_t + 1),
)
print(dx[0, :, 0], *others)

# %% check="lstm_backward" points=8
check(lstm_backward)

# %% [markdown]
# ## 7. Who was it, a while ago?
#
# Nine men said the same two vowels (`data.japanese_vowels()`: 270 utterances to learn from, 370 to test). Telling them apart at the
# end of the utterance is easy. So the question comes later: after each utterance there are 60 frames of silence, all zeros,
# and only then is the state read. Nothing is graded here.
# One training says little, as the weights are drawn: each network is trained three times, from three seeds.
#
# Three networks, all made of your functions:
#
# - an LSTM with forget bias 3, and one with forget bias 1;
# - a plain tanh network. For it the gates are held still by constant biases: $i$ = $o$ = 1 and $f$ = 0, to thirteen digits.
#   Then $c_t = g$ and $h_t = \tanh(\tanh(x_t W_{xg} + h_{t-1} W_{hg} + b_g))$, a recurrent step that is squashed twice.

# %% real="silence"
PAUSE, H = 60, 24
train, test = data.japanese_vowels()
D = train.x[0].shape[1]
SPEECH = 29  # frames of the longest utterance


def with_silence(sequences):
    """(N, 29 + PAUSE, D): every utterance ends at the same frame, and silence follows."""
    x = np.zeros((len(sequences.x), SPEECH + PAUSE, D))
    for row, frames in zip(x, sequences.x, strict=True):
        row[SPEECH - len(frames) : SPEECH] = frames
    return x


x_train, x_test = with_silence(train), with_silence(test)


def states(weights, x):
    start = np.zeros((len(x), H))
    return lstm_forward(x, start, start, weights["W_xh"], weights["W_hh"], weights["b"], lstm_step)


def scores(weights, h):
    """Nine numbers for each sequence, read from its last hidden state."""
    return h[:, -1] @ weights["W_hy"] + weights["b_y"]


x_train.shape, x_test.shape


# %% real="network"
def fresh(rng, value):
    """Random weights; forget bias ``value``, or the gates held still if it is None."""
    weights = {
        "W_xh": 0.5 * rng.normal(size=(D, 4 * H)) / np.sqrt(D),
        "W_hh": rng.normal(size=(H, 4 * H)) / np.sqrt(H),
        "b": np.zeros(4 * H),
        "W_hy": np.zeros((H, 9)),
        "b_y": np.zeros(9),
    }
    if value is not None:
        return weights | {"b": forget_bias(weights["b"], value)}
    only_g = np.repeat([0, 0, 1, 0], H)
    return weights | {"W_xh": weights["W_xh"] * only_g, "W_hh": weights["W_hh"] * only_g, "b": np.repeat([30.0, -30.0, 0, 30.0], H)}


def gradients(weights, x, target):
    """Gradients of half the squared distance between scores and target, per sequence; target: (B, 9)."""
    start, (h, c, gates) = np.zeros((len(x), H)), states(weights, x)
    dy = (scores(weights, h) - target) / len(x)
    dh = np.zeros_like(h)
    dh[:, -1] = dy @ weights["W_hy"].T  # the loss looks at the last state only
    _, _, _, dW_xh, dW_hh, db = lstm_backward(
        dh, x, start, start, h, c, gates, weights["W_xh"], weights["W_hh"], lstm_step_backward
    )
    return {"W_xh": dW_xh, "W_hh": dW_hh, "b": db, "W_hy": h[:, -1].T @ dy, "b_y": dy.sum(axis=0)}


# %% real="training"
def right(weights, x, labels):
    """The share of sequences whose highest score is that of the true speaker."""
    return np.mean(scores(weights, states(weights, x)[0]).argmax(axis=1) == labels)


def trained(value, seed, iterations=100):
    """A network trained with Adam; every 25 iterations the share of the training utterances that it gets right."""
    rng = np.random.default_rng(seed)
    weights, curve = fresh(rng, value), []
    free = 1.0 if value is not None else np.repeat([0.0, 0.0, 1.0, 0.0], H)  # what the gates' weights may learn
    mean, square = ({name: np.zeros_like(w) for name, w in weights.items()} for _ in range(2))
    for k in range(1, iterations + 1):
        rows = rng.choice(len(x_train), 54, replace=False)
        for name, gradient in gradients(weights, x_train[rows], np.eye(9)[train.labels[rows]]).items():
            gradient = gradient * free if name in ("W_xh", "W_hh", "b") else gradient
            mean[name] += 0.1 * (gradient - mean[name])
            square[name] += 0.001 * (gradient**2 - square[name])
            step_size = 0.01 * np.sqrt(1 - 0.999**k) / (1 - 0.9**k)
            weights[name] = weights[name] - step_size * mean[name] / (np.sqrt(square[name]) + 1e-8)
        if k % 25 == 0:
            curve.append(right(weights, x_train, train.labels))
    return weights, curve


networks = {"LSTM, forget bias 3": [trained(3.0, seed) for seed in range(3)]}

# %% real="other_networks"
networks["LSTM, forget bias 1"] = [trained(1.0, seed) for seed in range(3)]

# %% real="tanh_network"
networks["tanh network"] = [trained(None, seed) for seed in range(3)]

# %% real="curves"
often = np.bincount(test.labels) / len(test.labels)
print(f"Always naming one speaker is right in {often.min():.0%} to {often.max():.0%} of the test utterances.")
for name, runs in networks.items():
    shares = [f"{right(weights, x_test, test.labels):.0%}" for weights, _ in runs]
    print(f"{name}: right test utterances, seed by seed {', '.join(shares)}")

figure, axes = plots.figure()
curves = {name: 100 * np.array([curve for _, curve in runs]) for name, runs in networks.items()}  # (seeds, points)
iterations = 25 * np.arange(1, 1 + curves["tanh network"].shape[1])
means, spreads = ({name: f(c) for name, c in curves.items()} for f in (lambda c: c.mean(axis=0), lambda c: c.std(axis=0, ddof=1)))
plots.curves(axes, iterations, means, spreads)
axes.legend(frameon=False, labelcolor=plots.INK, loc="lower left", bbox_to_anchor=(0, 1), ncols=3)
axes.axhline(100 / 9, color=plots.INK, linestyle=":", linewidth=1)
axes.set(xlabel="iterations", ylabel="right speakers (%)", ylim=(0, 105))
plots.show(
    figure,
    f"Training utterances that each network gets right, asked {PAUSE} frames after the end (mean ± standard deviation of three seeds). "
    "The dotted line is guessing.",
    f"Three lines over {iterations[-1]} iterations. At the end: "
    + ", ".join(f"{name} {c[:, -1].mean():.0f} ± {c[:, -1].std(ddof=1):.0f} %" for name, c in curves.items()) + ".",
)

# %% [markdown]
# And the gradient? Two things can be asked of an *untrained* network, for each forget bias: how much of it is left some steps
# back *along the cell state* alone, which is the product of the forget gates, and how much *altogether*, by all ways through
# $c$, $h$ and the gates. The second is read off where it arrives, as the length of your `dx` (compared with the last step's).

# %% real="along_the_cell"
def two_gradients(value, seed):
    """What is left some steps back, of a typical test utterance: along the cell state, and altogether. Both: (T,)."""
    weights, start = fresh(np.random.default_rng(seed), value), np.zeros((len(x_test), H))
    h, c, gates = states(weights, x_test)
    dh = np.zeros_like(h)
    dh[:, -1] = np.random.default_rng(99).normal(size=H)
    dx, *_ = lstm_backward(dh, x_test, start, start, h, c, gates, weights["W_xh"], weights["W_hh"], lstm_step_backward)
    along = np.log(cell_gradient(gates[:, :, H : 2 * H])).mean(axis=(0, 2))[::-1]
    total = np.log(np.linalg.norm(dx, axis=2)).mean(axis=0)[::-1]
    return np.exp(along), np.exp(total - total[0])


lag = np.arange(SPEECH + PAUSE)
left = {value: [two_gradients(value, seed) for seed in range(3)] for value in (0.0, 1.0, 3.0)}
print(f"left after {PAUSE} steps, for three seeds:")
for value, runs in left.items():
    along, total = ([f"{run[k][PAUSE]:.0e}" for run in runs] for k in (0, 1))
    print(f"forget bias {value:.0f}: along the cell {', '.join(along)}; altogether {', '.join(total)}")

figure, panels = plots.figure(8, 3.4, columns=2)
for k, (axes, title) in enumerate(zip(panels, ("along the cell state", "altogether"), strict=True)):
    logs = {f"forget bias {value:.0f}": np.log([run[k] for run in runs]).mean(axis=0) for value, runs in left.items()}
    plots.curves(axes, lag, {name: np.exp(values) for name, values in logs.items()})
    axes.set(yscale="log", xlabel="steps back from the end", ylim=(1e-12, 1e2))
    axes.set_title(title, color=plots.INK)
panels[0].set_ylabel("what is left")
plots.show(
    figure,
    "How much of a gradient at the end is left some steps back, in untrained networks (geometric mean over utterances and three seeds).",
    "Two panels with three lines each on a logarithmic scale, falling except for forget bias 3 altogether. The values after 60 steps are printed above.",
)

# %% [markdown]
# ## 8. In your own words
#
# The LSTMs in the last part differ only in the number with which one quarter of their biases starts.
# During the silence the gates hear nothing from outside. Take $f \approx \sigma(\text{forget bias})$ and work out
# what is left of a gradient after 60 steps along the cell state, for the forget biases 1 and 3.
# Compare that with what the figure shows altogether: by which ways does a network with forget bias 1 learn anything, and why can
# one with forget bias 3 rely on its own? Say also why one does not simply start with a forget bias of 30.
# Four to seven sentences.

# %% [markdown] written="open_gate" points=4
# ### BEGIN SOLUTION
# σ(1) ≈ 0.73 and σ(3) ≈ 0.95. Along the cell state the gradient is multiplied by f in each step, so that after 60 steps
# 0.73⁶⁰ ≈ 7·10⁻⁹ or 0.95⁶⁰ ≈ 0.05 of it is left. With forget bias 1 practically nothing comes back along the cell; what does come back,
# and it is far more, takes the ways through the hidden state and the gates, by way of W_hh. How much that is depends on the weights
# that were drawn: it differs from seed to seed by a factor of ten and more, and not every seed learns. With forget bias 3 about a twentieth comes back along the
# cell itself, whatever was drawn, and all three seeds learn at once.
# With a bias of 30, f would be 1 to thirteen digits: nothing fades, but nothing is ever forgotten either, so the cell state
# piles up all that was ever written and what is new cannot replace what is old. And the gate could not learn to close: its
# gradient has the factor f(1 − f), which is about 10⁻¹³ there.
#
# *Marking scheme* (4 points): 1 for both numbers, right to a factor of two (and for their being powers of f); 1 for the ways through the hidden state and the gates
# (W_hh), which carry what arrives with forget bias 1 and depend on the weights drawn, while with forget bias 3 the cell's own way is open;
# 1 for a network that cannot forget or whose cell state piles up; 1 for the saturated gate having no gradient, so that training cannot close it.
# ### END SOLUTION
