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
# # The GRU, and a convolution that never looks ahead
#
# **Points**: 44 by the autograder, 4 for a written answer. **Time**: about 150 minutes.
#
# You will build two tools for sequences: the gated recurrent unit with its hand-written gradient, and
# the causal convolution with dilation. Then you train your own GRU to tell nine speakers apart,
# and measure how far back each of the two tools can reach.
#
# Afterwards you will be able to
#
# - write the step of a GRU, and say which of several conventions it follows,
# - carry weights over from torch without mixing up gates or biases,
# - derive and write the gradient of a step in which one input takes four paths,
# - add up the gradients of all steps of a sequence,
# - write a convolution over time that depends on the past only, and say how far it sees.
#
# After each task a locked line such as `check(gru_step)` tells you at once what is right and what your mistake looks like.
# It uses prepared examples; your work is graded with other ones.
# The tasks do not depend on each other: if one of them resists, go on with the next.
# Only the last part uses your functions together. Keep the names of functions and parameters.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `D` inputs per step, `H` hidden units, `K` taps of a convolution.
# Batch first, vectors are rows.
#
# **Gates.** A GRU has the reset gate $r$, the update gate $z$ and the candidate $n$, always in this order.
# The weights of all three stand side by side: `W_xh` has the shape `(D, 3H)`, and its first `H` columns belong to $r$,
# the next `H` to $z$, the last `H` to $n$. The same goes for `W_hh`, `(H, 3H)`, and for the two biases `b_x` and `b_h`, `(3H,)`.

# %% setup=true
import numpy as np

from unrolled import check, data, plots

# %% [markdown]
# ## 1. Weights from torch
#
# `torch.nn.GRU` keeps four parameters for a layer: `weight_ih_l0` of shape `(3H, D)`, `weight_hh_l0` of shape `(3H, H)`,
# `bias_ih_l0` and `bias_hh_l0` of shape `(3H,)`.
# Its gates come in our order, $r$, $z$, $n$, and it adds `bias_ih_l0` where we add $b_x$, and `bias_hh_l0` where we add $b_h$.
# But it writes $Wx$ where we write $xW$.
# Make our four arrays from its four.
#
# *Example by hand*: `D` = 2, `H` = 1. If `weight_ih` has the rows (1, 2), (3, 4), (5, 6), then the gate $r$ gets
# $1 x_1 + 2 x_2$, so that the first column of `W_xh` is 1, 2.

# %% exercise="gru_from_torch"
def gru_from_torch(weight_ih, weight_hh, bias_ih, bias_hh):
    """The weights of torch's GRU layer in this course's layout.

    weight_ih: (3H, D), weight_hh: (3H, H), bias_ih: (3H,), bias_hh: (3H,), as in torch.nn.GRU; gates in the order r, z, n
    Returns W_xh: (D, 3H), W_hh: (H, 3H), b_x: (3H,), b_h: (3H,), gates in the order r, z, n.
    """
    ### BEGIN SOLUTION
    return weight_ih.T, weight_hh.T, bias_ih, bias_hh
    ### END SOLUTION


# %% try="gru_from_torch"
# The example by hand: expect [[1. 3. 5.] [2. 4. 6.]] for W_xh and [[7. 8. 9.]] for W_hh
W_xh, W_hh, b_x, b_h = gru_from_torch(
    np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([[7.0], [8.0], [9.0]]), np.zeros(3), np.ones(3)
)
print(W_xh, W_hh)

# %% check="gru_from_torch" points=4
check(gru_from_torch)

# %% [markdown]
# ## 2. The step
#
# $$\begin{aligned}
# r &= \sigma(x_t W_{xr} + b_{xr} + h_{t-1} W_{hr} + b_{hr}) \\
# z &= \sigma(x_t W_{xz} + b_{xz} + h_{t-1} W_{hz} + b_{hz}) \\
# n &= \tanh\big(x_t W_{xn} + b_{xn} + r \odot (h_{t-1} W_{hn} + b_{hn})\big) \\
# h_t &= (1 - z) \odot n + z \odot h_{t-1}
# \end{aligned}$$
#
# Here $W_{xr}$ stands for the first `H` columns of `W_xh`, $b_{hn}$ for the last `H` entries of `b_h`, and so on.
# $\sigma(a) = 1 / (1 + e^{-a})$ is the sigmoid.
#
# This is torch's convention. The paper that introduced the GRU (Cho and others, 2014) lets $r$ multiply $h_{t-1}$ itself,
# *before* the product with the matrix: with the same weights that is another network.
# Others write $z$ where we write $1 - z$. Here $z = 1$ keeps the old state.
#
# *Example by hand* (`D` = `H` = 1): all weights and biases are 0, $x_t$ = 1, $h_{t-1}$ = 3.
# Then $r$ = $z$ = 0.5 and $n$ = 0, so $h_t$ = 0.5 · 0 + 0.5 · 3 = 1.5.

# %% exercise="gru_step"
def gru_step(x_t, h_prev, W_xh, W_hh, b_x, b_h):
    """One step of a GRU, in the convention of torch.nn.GRU (Cho et al., 2014, with r after the product).

    x_t: (B, D) input; h_prev: (B, H) state before the step
    W_xh: (D, 3H), W_hh: (H, 3H), b_x: (3H,), b_h: (3H,) parameters, gates in the order r, z, n
    Returns h_t, r, z, n: (B, H) each; the state after the step, reset gate, update gate, candidate.
    """
    ### BEGIN SOLUTION
    x_r, x_z, x_n = np.split(x_t @ W_xh + b_x, 3, axis=1)  # (B, H) each
    h_r, h_z, h_n = np.split(h_prev @ W_hh + b_h, 3, axis=1)
    r = 1 / (1 + np.exp(-(x_r + h_r)))
    z = 1 / (1 + np.exp(-(x_z + h_z)))
    n = np.tanh(x_n + r * h_n)
    return (1 - z) * n + z * h_prev, r, z, n
    ### END SOLUTION


# %% try="gru_step"
# The example by hand: expect h_t = [[1.5]], r = [[0.5]], z = [[0.5]], n = [[0.]]
gru_step(np.array([[1.0]]), np.array([[3.0]]), np.zeros((1, 3)), np.zeros((1, 3)), np.zeros(3), np.zeros(3))

# %% check="gru_step" points=10
check(gru_step)

# %% [markdown]
# ## 3. The step, backward
#
# Someone hands you $\partial L / \partial h_t$, called `dh_t`. Wanted are the gradients with respect to everything that entered the step.
# The forward pass has kept $r$, $z$ and $n$, so you need not compute them again.
#
# Go from $h_t$ back to $z$ and $n$, from there through their non-linearities, and from the three sums to weights, input and old state.
# The derivatives of the non-linearities are best written with their outputs:
#
# $$\sigma'(a) = s\,(1 - s) \ \text{ where } s = \sigma(a), \qquad \tanh'(a) = 1 - n^2 \ \text{ where } n = \tanh(a).$$
#
# Count the places where $h_{t-1}$ occurs in the four equations of task 2: each of them contributes to `dh_prev`.
# Gradients of weights and biases are sums over the batch.
#
# *Example by hand* (`B` = `D` = `H` = 1): all weights and biases are 0, $x_t$ = 1, $h_{t-1}$ = 3, as above, and `dh_t` = 8.
# Through $n$ goes 8 · 0.5 · (1 − 0²) = 4; through $z$ goes 8 · (3 − 0) · 0.25 = 6; $r$ multiplies 0, so nothing goes through it.
# Hence `db_x` = (0, 6, 4). In `db_h` the last entry has another factor $r$: (0, 6, 2).
# As the weights are 0, `dh_prev` is what comes straight: 8 · 0.5 = 4.

# %% exercise="gru_step_backward"
def gru_step_backward(dh_t, x_t, h_prev, r, z, n, W_xh, W_hh, b_h):
    """Gradients of one step of a GRU, from the gradient of its result.

    dh_t: (B, H) gradient of the loss with respect to the state after the step
    x_t: (B, D), h_prev: (B, H) what entered the step; r, z, n: (B, H) what gru_step gave for it
    W_xh: (D, 3H), W_hh: (H, 3H), b_h: (3H,) parameters, gates in the order r, z, n
    Returns dx_t, dh_prev, dW_xh, dW_hh, db_x, db_h, each with the shape of what it belongs to.
    """
    ### BEGIN SOLUTION
    h_n = np.split(h_prev @ W_hh + b_h, 3, axis=1)[2]  # (B, H), what r multiplies
    da_n = dh_t * (1 - z) * (1 - n**2)
    da_z = dh_t * (h_prev - n) * z * (1 - z)
    da_r = da_n * h_n * r * (1 - r)
    da_x = np.concatenate([da_r, da_z, da_n], axis=1)  # (B, 3H), into x_t W_xh + b_x
    da_h = np.concatenate([da_r, da_z, da_n * r], axis=1)  # (B, 3H), into h_prev W_hh + b_h
    dh_prev = dh_t * z + da_h @ W_hh.T
    return da_x @ W_xh.T, dh_prev, x_t.T @ da_x, h_prev.T @ da_h, da_x.sum(axis=0), da_h.sum(axis=0)
    ### END SOLUTION


# %% try="gru_step_backward"
# The example by hand: expect dx_t [[0.]], dh_prev [[4.]], dW_xh [[0. 6. 4.]], dW_hh [[0. 18. 6.]], db_x [0. 6. 4.], db_h [0. 6. 2.]
half, zero = np.array([[0.5]]), np.zeros((1, 3))
gru_step_backward(np.array([[8.0]]), np.array([[1.0]]), np.array([[3.0]]), half, half, np.array([[0.0]]), zero, zero, np.zeros(3))

# %% check="gru_step_backward" points=14
check(gru_step_backward)

# %% [markdown]
# ## 4. The whole sequence, backward
#
# The loss may depend on every state, so a gradient `dh[:, t]` arrives at every step from outside.
# Walk from the last step to the first. The gradient of the state after a step is what arrives from outside *plus* what the step after it passes back.
# The weights are the same in all steps: their gradients add up.
#
# The walk does not care which step it goes back through, so it takes `step_backward` as an argument.
#
# *Example by hand*: `B` = `D` = `H` = 1, `T` = 2, and a `step_backward` that returns `dh_t` as `dx_t`, `10 * dh_t` as `dh_prev`, and `dh_t` as the gradient of each parameter.
# With `dh` = 1, 2 for the two steps: the last step sees 2, the first one 1 + 20 = 21.
# So `dx` is 21, 2, `dh_0` is 210, and each parameter's gradient 23.

# %% exercise="gru_backward"
def gru_backward(dh, x, h_0, h, r, z, n, step_backward):
    """Gradients of a whole sequence, from the gradients of all its states.

    dh: (B, T, H) what arrives at each state from outside
    x: (B, T, D) inputs, real or whole numbers; h_0: (B, H) state before the first step
    h, r, z, n: (B, T, H) what the steps gave, h_1 ... h_T and so on
    step_backward: a function step_backward(dh_t, x_t, h_prev, r_t, z_t, n_t) -> dx_t, dh_prev, dW_xh, dW_hh, db_x, db_h
    Returns dx: (B, T, D), dh_0: (B, H), and dW_xh, dW_hh, db_x, db_h, summed over all steps.
    """
    ### BEGIN SOLUTION
    dx, dh_prev = np.zeros(x.shape), np.zeros(h_0.shape)
    totals = [0.0, 0.0, 0.0, 0.0]  # dW_xh, dW_hh, db_x, db_h
    for t in reversed(range(x.shape[1])):
        h_prev = h[:, t - 1] if t > 0 else h_0
        dx[:, t], dh_prev, *ours = step_backward(dh[:, t] + dh_prev, x[:, t], h_prev, r[:, t], z[:, t], n[:, t])
        totals = [total + one for total, one in zip(totals, ours, strict=True)]
    return dx, dh_prev, *totals
    ### END SOLUTION


# %% try="gru_backward"
# The example by hand: expect dx [21. 2.], dh_0 [[210.]], and 23 for each of the four others
def ten_times(dh_t, *_):
    return dh_t, 10 * dh_t, dh_t, dh_t, dh_t[0], dh_t[0]


ones = np.ones((1, 2, 1))
dx, dh_0, *others = gru_backward(np.array([[[1.0], [2.0]]]), ones, np.zeros((1, 1)), ones, ones, ones, ones, ten_times)
print(dx[0, :, 0], dh_0, [float(d.squeeze()) for d in others])

# %% check="gru_backward" points=6
check(gru_backward)

# %% [markdown]
# ## 5. A convolution that never looks ahead
#
# Now another tool for sequences, one without a state. Each output is a weighted sum of a few inputs, the present one and some before it:
#
# $$y_t = b + \sum_{k=0}^{K-1} x_{t - k d}\, W_k, \qquad x_s = 0 \text{ for } s < 1.$$
#
# $W_0$ meets the present input, $W_1$ the one $d$ steps earlier, $W_2$ the one $2d$ steps earlier.
# The number $d$ is the *dilation*; with $d = 1$ the inputs are neighbours.
# As no later input occurs, the convolution is called *causal*.
# The output is as long as the input.
#
# Mind the order when you compare: `torch.nn.functional.conv1d` multiplies its *last* tap with the latest input.
#
# *Example by hand*: the sequence 1, 2, 3, 4 with `K` = 2, $d$ = 2, $W_0$ = 10, $W_1$ = 1, $b$ = 0 gives 10, 20, 31, 42.

# %% exercise="causal_conv"
def causal_conv(x, W, b, dilation):
    """Causal convolution over time, with dilation (a layer of a temporal convolutional network; Bai et al., 2018).

    x: (B, T, D) inputs, real or whole numbers; before the first one stand zeros
    W: (K, D, H) weights, W[k] for the input k * dilation steps back; b: (H,) bias; dilation: a whole number from 1 on
    Returns y: (B, T, H); y[:, t] depends on x[:, :t + 1] only.
    """
    ### BEGIN SOLUTION
    T, reach = x.shape[1], (len(W) - 1) * dilation
    padded = np.pad(x, [(0, 0), (reach, 0), (0, 0)])  # (B, reach + T, D)
    taps = [padded[:, reach - k * dilation :][:, :T] @ W[k] for k in range(len(W))]  # (B, T, H) each
    return sum(taps) + b
    ### END SOLUTION


# %% try="causal_conv"
# The example by hand: expect [10. 20. 31. 42.]
causal_conv(np.array([[[1.0], [2.0], [3.0], [4.0]]]), np.array([[[10.0]], [[1.0]]]), np.zeros(1), 2)[0, :, 0]

# %% check="causal_conv" points=7
check(causal_conv)

# %% [markdown]
# ## 6. How far does a stack see?
#
# Put several causal convolutions on top of each other, each with $K$ taps and each with a dilation of its own.
# The *receptive field* is the number of inputs on which one output of the last layer can depend, the present one included
# (for a sequence that is long enough).
#
# *Example by hand*: one layer with three taps and dilation 2 sees the inputs 0, 2 and 4 steps back. It reaches over 5 inputs (and leaves out two of them).
# Count the whole reach: 5.

# %% exercise="receptive_field"
def receptive_field(K, dilations):
    """How many inputs the last output of a stack of causal convolutions reaches over, the present one included.

    K: taps of each layer, a whole number from 1 on; dilations: (L,) whole numbers, one for each layer
    Returns one integer.
    """
    ### BEGIN SOLUTION
    return 1 + (K - 1) * int(np.sum(dilations))
    ### END SOLUTION


# %% try="receptive_field"
# The example by hand: expect 5
receptive_field(3, np.array([2]))

# %% check="receptive_field" points=3
check(receptive_field)

# %% [markdown]
# ## 7. Your GRU learns who is speaking
#
# Nine men said the same two vowels; `data.japanese_vowels()` has 270 utterances for training and 370 for testing, 7 to 29 frames long.
# Nothing is graded here.
#
# In the assignment on the recurrent network the weights stayed random and only the readout was trained.
# Now you have gradients. First the loop around your step, as you know it:

# %% real="loop"
def run(x, h_0, parameters):
    """States, gates and candidates of the GRU on x: (B, T, D); four arrays (B, T, H)."""
    h, kept = h_0, []
    for t in range(x.shape[1]):
        h, *gates = gru_step(x[:, t], h, *parameters)
        kept.append((h, *gates))
    return [np.stack(arrays, axis=1) for arrays in zip(*kept, strict=True)]


def run_backward(dh, x, h_0, h, r, z, n, parameters):
    """Gradients of x, h_0 and the four parameters."""
    W_xh, W_hh, _, b_h = parameters

    def step_backward(dh_t, x_t, h_prev, r_t, z_t, n_t):
        return gru_step_backward(dh_t, x_t, h_prev, r_t, z_t, n_t, W_xh, W_hh, b_h)

    return gru_backward(dh, x, h_0, h, r, z, n, step_backward)


# Are your gradients right, all the way through? Move one weight a little and see.
rng = np.random.default_rng(0)
x, h_0, weights = rng.normal(size=(2, 6, 3)), np.zeros((2, 4)), rng.normal(size=(2, 6, 4))
small = [rng.normal(size=shape) for shape in [(3, 12), (4, 12), (12,), (12,)]]
states = run(x, h_0, small)
by_hand = run_backward(weights, x, h_0, *states, small)[3]  # dW_hh
moved = [small[0], small[1].copy(), *small[2:]]
moved[1][1, 5] += 1e-6
print("by moving the weight", ((run(x, h_0, moved)[0] - states[0]) * weights).sum() / 1e-6)
print("your gradient       ", by_hand[1, 5])

# %% [markdown]
# The two numbers above should agree to five digits or so.
#
# The score of an utterance is read from the state after its last true frame.
# So the loss sends a gradient to that one state of each utterance, and zeros to all others.
# What happens in the padding *behind* the end does no harm here: no gradient comes from there.

# %% real="loss"
train, test = data.japanese_vowels()
D, H, C = 12, 24, 9


def loss_and_gradients(parameters, readout, x, lengths, labels):
    """Mean cross-entropy of a batch, and the gradients of all six arrays."""
    W_hy, b_y = readout
    rows, h_0 = np.arange(len(x)), np.zeros((len(x), H))
    states = run(x, h_0, parameters)
    last = states[0][rows, lengths - 1]  # (B, H)
    y = last @ W_hy + b_y
    log_p = y - y.max(axis=1, keepdims=True)
    log_p = log_p - np.log(np.exp(log_p).sum(axis=1, keepdims=True))
    dy = (np.exp(log_p) - np.eye(C)[labels]) / len(x)
    dh = np.zeros(states[0].shape)
    dh[rows, lengths - 1] = dy @ W_hy.T
    gradients = run_backward(dh, x, h_0, *states, parameters)[2:]
    return -log_p[rows, labels].mean(), [*gradients, last.T @ dy, dy.sum(axis=0)]


def accuracy(parameters, readout, split):
    """The share of utterances whose speaker is found."""
    h = run(split.padded(), np.zeros((len(split.x), H)), parameters)[0]
    last = h[np.arange(len(h)), split.lengths - 1]
    return np.mean((last @ readout[0] + readout[1]).argmax(axis=1) == split.labels)

# %% real="training"
rng = np.random.default_rng(0)
bound = 1 / np.sqrt(H)  # as torch starts a GRU
shapes = [(D, 3 * H), (H, 3 * H), (3 * H,), (3 * H,), (H, C), (C,)]
arrays = [rng.uniform(-bound, bound, size=shape) for shape in shapes]
first, second = [np.zeros(s) for s in shapes], [np.zeros(s) for s in shapes]  # Adam's two averages
x_train, losses, found = train.padded(), [], {}
for i in range(1, 241):
    if i % 20 == 1:
        found[i - 1] = accuracy(arrays[:4], arrays[4:], test)
    batch = rng.integers(len(x_train), size=32)
    longest = train.lengths[batch].max()
    loss, gradients = loss_and_gradients(
        arrays[:4], arrays[4:], x_train[batch, :longest], train.lengths[batch], train.labels[batch]
    )
    losses.append(loss)
    for k, gradient in enumerate(gradients):
        first[k] = 0.9 * first[k] + 0.1 * gradient
        second[k] = 0.999 * second[k] + 0.001 * gradient**2
        arrays[k] = arrays[k] - 0.01 * first[k] / (1 - 0.9**i) / (np.sqrt(second[k] / (1 - 0.999**i)) + 1e-8)
parameters, readout = arrays[:4], arrays[4:]
found[240] = accuracy(parameters, readout, test)
print(f"right on {found[240]:.1%} of the test utterances; guessing gives {1 / 9:.1%}")

# %% real="curve"
start, early, end = (found[i] for i in (0, 60, 240))  # KeyError: the cell above has not run to its end
figure, axes = plots.figure(7.0, 3.2)
axes.plot(list(found), [100 * share for share in found.values()], marker="o", color=plots.COLOURS[0])
axes.axhline(100 / 9, color=plots.INK, linestyle=":")
axes.text(240, 14, "guessing", ha="right", color=plots.INK)
axes.set(xlabel="iterations of training", ylabel="right speakers in the test (%)", ylim=(0, 100))
plots.show(
    figure,
    "How many speakers your GRU finds as it is trained.",
    f"Line over 0 to 240 iterations: {start:.0%} at the start, {early:.0%} after 60, {end:.0%} at the end.",
)

# %% [markdown]
# ## 8. How far back does each of them see?
#
# Now compare the two tools of this assignment.
# We change the first frame of the long utterances a little and watch how much each later result changes:
# the state of your trained GRU, and the output of a stack of three causal convolutions with random weights,
# two taps each, dilations 1, 2 and 4.

# %% real="reach"
reach = receptive_field(2, np.array([1, 2, 4]))
rng = np.random.default_rng(1)
taps = [rng.normal(size=(2, d, H)) / np.sqrt(2 * d) for d in (D, H, H)]


def stack(x):
    """Three causal convolutions with tanh between them."""
    for W, dilation in zip(taps, (1, 2, 4), strict=True):
        x = np.tanh(causal_conv(x, W, np.zeros(H), dilation))
    return x


long = np.stack([x[:20] for x in test.x if len(x) >= 20])
other = long.copy()
other[:, 0] += 0.1 * rng.normal(size=other[:, 0].shape)
zeros = np.zeros((len(long), H))
changes = {
    "trained GRU": np.abs(run(other, zeros, parameters)[0] - run(long, zeros, parameters)[0]).mean(axis=(0, 2)),
    f"convolutions, field {reach}": np.abs(stack(other) - stack(long)).mean(axis=(0, 2)),
}
figure, axes = plots.figure(7.0, 3.2)
for k, (label, change) in enumerate(changes.items()):
    axes.plot(np.arange(20), change, label=label, color=plots.COLOURS[k], marker=plots.MARKERS[k], linestyle=plots.LINES[k])
axes.set_yscale("symlog", linthresh=1e-6)
axes.set(xticks=range(0, 20, 2), xlabel="steps after the frame that was changed", ylabel="mean change of the result", ylim=(0, None))
axes.legend(frameon=False, labelcolor=plots.INK)
gru, conv = changes.values()
plots.show(
    figure,
    "How much a change of the first frame changes what comes out 0 to 19 steps later. The lowest line of the axis is exactly zero.",
    f"Two lines over 20 steps. The GRU's change is {gru[0]:.1e} at first and still {gru[-1]:.1e} after 19 steps. "
    f"That of the convolutions is {conv[0]:.1e} at first, {conv[7]:.1e} after 7 steps and exactly {conv[8]:.0f} from step 8 on.",
)

# %% [markdown]
# ## 9. In your own words
#
# Explain the last figure. Why is the convolutions' line exactly zero from step 8 on, whatever their weights are, and why is the GRU's line not?
# Both should now make use of an input from 100 steps ago: what has to change in each of them?
# What does each have to keep in memory between one step and the next when it runs live, input by input?
# Four to eight sentences.

# %% [markdown] written="reach" points=4
# ### BEGIN SOLUTION
# The output of the stack at step t is a function of the inputs t, t-1, ..., t-7 alone: 1 + (2-1)(1+2+4) = 8 inputs. The changed frame is not among the
# arguments of any later output, so no weights can let it through. The GRU's state is a function of the state before it, and so of all inputs so far;
# in each step a share z of it stays and the rest is replaced, so a change fades step by step, as fast as the weights and gates let it, but it need not become zero.
# For 100 steps the stack needs a larger receptive field, with more layers or larger dilations (1, 2, 4, ..., 64 give 128): a change of its structure,
# made before training. The GRU needs no other structure, but weights with which z stays near 1 for some units
# for 100 steps; training has to find them (a bias that starts z near 1 helps).
# Live, the GRU keeps its state, H numbers, however far it looks back. The stack keeps for each layer the last (K-1)d inputs of that layer, so that its
# memory grows with the receptive field.
#
# *Marking scheme* (4 points): 1 for the output depending on 8 inputs only, whatever the weights; 1 for the GRU's state passing through every step and
# fading with z (not cut off); 1 for more layers or dilation against weights that keep z near 1, structure against something learnt; 1 for H numbers against buffers that grow with the field.
# ### END SOLUTION
