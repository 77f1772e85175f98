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
# # Outputs at every step
#
# **Points**: 36 by the autograder, 4 for a written answer. **Time**: about 150 minutes.
#
# You will build what a recurrent network needs in order to answer at every step: a loss that cannot overflow, a readout shared over time,
# a sum of losses that padding does not touch, and the gradient of the whole network.
# At the end your network reads first names and guesses, at each letter, the next one.
#
# Afterwards you will be able to
#
# - compute a softmax cross-entropy and its gradient for scores of any size,
# - run one readout over all steps, and its backward pass,
# - add up the losses of a padded batch so that padding counts nowhere,
# - compute every gradient of a many-to-many network, with the two deltas that each state receives.
#
# After each task a locked line such as `check(readout_forward)` tells you at once what is right and what your mistake looks like.
# It uses prepared examples; your work is graded with other ones.
# The tasks do not depend on each other: what a task builds on is handed in as an argument.
# Only the last part uses your functions together. (In task 5 you may also call your own of task 3, but then a mistake there counts twice.) Keep the names of functions and parameters.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `D` inputs per step, `H` hidden units, `C` classes.
# Batch first, vectors are rows. A gradient has the shape of what it belongs to, and its name with a `d` in front.
# Logarithms are natural ones.

# %% setup=true
import numpy as np

from unrolled import check, data, plots

# %% [markdown]
# ## 1. The loss of one step
#
# Scores $s_1, \dots, s_C$ become probabilities by the softmax, and the loss is the negative logarithm of the probability of the target class $k$:
#
# $$p_j = \frac{e^{s_j}}{\sum_i e^{s_i}}, \qquad \ell = -\ln p_k = \ln \sum_i e^{s_i} - s_k, \qquad \frac{\partial \ell}{\partial s_j} = p_j - [j = k]$$
#
# where $[j = k]$ is 1 for the target class and 0 for the others.
# The second form of $\ell$ needs no logarithm of a probability.
# Scores may be large: $e^{1000}$ is no number any more. The softmax does not change if the same number is taken off all scores of a row.
#
# Several rows come at once, each with its mask $m$: the loss is the **sum** of $m\,\ell$ over the rows, and a row with $m = 0$ has a gradient of zero.
#
# *Example by hand*: one row with the scores $\ln 3$ and 0, target class 0, mask 1.
# The probabilities are ¾ and ¼, the loss is $-\ln ¾$ ≈ 0.288, and the gradient is −¼, ¼.

# %% exercise="softmax_cross_entropy"
def softmax_cross_entropy(scores, targets, mask):
    """Softmax cross-entropy of some rows, summed, and its gradient; finite for finite scores of any size.

    scores: (N, C) real numbers, finite and of any size; targets: (N,) integers from 0 to C - 1
    mask: (N,) 1.0 for a row that counts, 0.0 for one that does not
    Returns loss: one number in nats, the sum over the rows that count,
    and dscores: (N, C), its gradient, zero in rows that do not count.
    """
    ### BEGIN SOLUTION
    rows = np.arange(len(scores))
    shifted = scores - scores.max(axis=1, keepdims=True)  # (N, C), the largest is 0
    log_p = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -(mask * log_p[rows, targets]).sum()
    dscores = np.exp(log_p)
    dscores[rows, targets] -= 1
    return loss, mask[:, np.newaxis] * dscores
    ### END SOLUTION


# %% try="softmax_cross_entropy"
# The example by hand: expect 0.288 and [[-0.25  0.25]]; then a large score: expect 1000 and [[-1.  1.]]
print(softmax_cross_entropy(np.array([[np.log(3), 0.0]]), np.array([0]), np.array([1.0])))
print(softmax_cross_entropy(np.array([[0.0, 1000.0]]), np.array([0]), np.array([1.0])))

# %% check="softmax_cross_entropy" points=9
check(softmax_cross_entropy)

# %% [markdown]
# ## 2. One readout for all steps
#
# $$y_t = h_t W_{hy} + b_y \qquad \text{for every } t, \text{ with the same } W_{hy} \text{ and } b_y$$
#
# *Example by hand*: one sequence with the states 1 and 2 (`H` = 1), `W_hy` = [[3, −1]], `b_y` = [0, 10].
# The scores are 3, 9 at the first step and 6, 8 at the second.

# %% exercise="readout_forward"
def readout_forward(h, W_hy, b_y):
    """The scores of every step, by one linear readout.

    h: (B, T, H) states; W_hy: (H, C), b_y: (C,) parameters
    Returns y: (B, T, C), the scores, and cache: the pair (h, W_hy), for the way back.
    """
    ### BEGIN SOLUTION
    return h @ W_hy + b_y, (h, W_hy)
    ### END SOLUTION


# %% try="readout_forward"
# The example by hand: expect [[3. 9.] [6. 8.]]
y, cache = readout_forward(np.array([[[1.0], [2.0]]]), np.array([[3.0, -1.0]]), np.array([0.0, 10.0]))
y[0]

# %% check="readout_forward" points=4
check(readout_forward)

# %% [markdown]
# ## 3. The readout backwards
#
# $W_{hy}$ and $b_y$ are used at every step of every sequence, so their gradients are sums over all of these uses.
# For each single use, with the gradient $\partial L / \partial y_t$ given as a row:
#
# $$\frac{\partial L}{\partial h_t} \ni \frac{\partial L}{\partial y_t} W_{hy}^\top, \qquad
# \frac{\partial L}{\partial W_{hy}} = \sum_{n,t} h_{n,t}^\top \frac{\partial L}{\partial y_{n,t}}, \qquad
# \frac{\partial L}{\partial b_y} = \sum_{n,t} \frac{\partial L}{\partial y_{n,t}}$$
#
# The sign $\ni$ says that this is what the readout contributes to the gradient of $h_t$; there is more to come in task 5.
#
# *Example by hand*: the states 1 and 2 and the `W_hy` of before, and `dy` = [[1, 0], [0, 1]].
# Then `dh` = 3, −1; `dW_hy` = 1·[1, 0] + 2·[0, 1] = [1, 2]; `db_y` = [1, 1].

# %% exercise="readout_backward"
def readout_backward(dy, cache):
    """The gradients of the readout of all steps.

    dy: (B, T, C) gradient of the scores; cache: the pair (h, W_hy), with h (B, T, H) and W_hy (H, C)
    Returns dh: (B, T, H), the readout's part of the states' gradient,
    dW_hy: (H, C) and db_y: (C,), summed over all steps of all sequences.
    """
    ### BEGIN SOLUTION
    h, W_hy = cache
    dh = dy @ W_hy.T
    dW_hy = np.einsum("bth,btc->hc", h, dy)
    return dh, dW_hy, dy.sum(axis=(0, 1))
    ### END SOLUTION


# %% try="readout_backward"
# The example by hand: expect dh [ 3. -1.], dW_hy [1. 2.], db_y [1. 1.] (printed without their other axes)
cache = (np.array([[[1.0], [2.0]]]), np.array([[3.0, -1.0]]))
for gradient in readout_backward(np.array([[[1.0, 0.0], [0.0, 1.0]]]), cache):
    print(gradient.ravel())

# %% check="readout_backward" points=5
check(readout_backward)

# %% [markdown]
# ## 4. The loss of a batch of sequences
#
# Each step has its loss. The loss of a sequence is the **sum** over its true steps, and the loss of a batch is the **mean** over its sequences:
#
# $$L_t = \frac{1}{B} \sum_{n=1}^{B} m_{n,t}\, \ell(y_{n,t}, k_{n,t}), \qquad L = \sum_{t=1}^{T} L_t, \qquad
# m_{n,t} = \begin{cases} 1 & t \le T_n \\ 0 & \text{in the padding} \end{cases}$$
#
# (Counted from 0, as in code, step `t` is true if `t < lengths[n]`.)
# What $\ell$ is does not matter here, so the loss of one step is an argument, `step_loss`. Your function from task 1 is one.
# It returns the sum over the rows that its mask lets through, and the gradient of that sum.
#
# *Example by hand*: let the loss of a row be its only score, so that its gradient is 1.
# Two sequences with the scores 1, 2, 3 and 5, 7, 99, of lengths 3 and 2.
# Then $L_1$ = (1 + 5)/2 = 3, $L_2$ = (2 + 7)/2 = 4.5, $L_3$ = 3/2 = 1.5, and $L$ = 9.
# Each gradient is ½, but that of the padded 99 is 0.

# %% exercise="sequence_loss"
def sequence_loss(scores, targets, lengths, step_loss):
    """The loss of a padded batch: summed over the true steps of each sequence, averaged over the sequences.

    scores: (B, T, C), targets: (B, T) integers, with anything after each sequence's end
    lengths: (B,) integers from 1 to T
    step_loss: a function step_loss(scores_t, targets_t, mask_t) -> loss_t, dscores_t with scores_t (B, C), targets_t (B,),
        mask_t (B,) of 1.0 and 0.0; the number loss_t is summed over the rows where the mask is 1, dscores_t (B, C) is its gradient
    Returns loss: one number, L; losses: (T,), the L_t; dscores: (B, T, C), the gradient of L.
    """
    ### BEGIN SOLUTION
    B, T, _ = scores.shape
    losses, dscores = np.zeros(T), np.zeros_like(scores)
    for t in range(T):
        mask_t = (t < lengths).astype(float)  # (B,)
        losses[t], dscores[:, t] = step_loss(scores[:, t], targets[:, t], mask_t)
    return losses.sum() / B, losses / B, dscores / B
    ### END SOLUTION


# %% try="sequence_loss"
# The example by hand: expect 9.0, [3. 4.5 1.5], and the gradients [[0.5 0.5 0.5] [0.5 0.5 0. ]]
loss, losses, dscores = sequence_loss(
    np.array([[[1.0], [2.0], [3.0]], [[5.0], [7.0], [99.0]]]),
    np.zeros((2, 3), dtype=int),
    np.array([3, 2]),
    lambda scores_t, targets_t, mask_t: ((mask_t * scores_t[:, 0]).sum(), mask_t[:, np.newaxis]),
)
print(loss, losses, dscores[..., 0], sep="\n")

# %% check="sequence_loss" points=7
check(sequence_loss)

# %% [markdown]
# ## 5. The whole network
#
# From $h_0 = 0$ on,
#
# $$h_t = \tanh(x_t W_{xh} + h_{t-1} W_{hh} + b_h), \qquad y_t = h_t W_{hy} + b_y,$$
#
# and a loss $L$ of all scores. On the way back **each state receives two deltas**: one from its own output, and one from the next step, which used it.
# With the gradient $\delta_t$ of what stands inside the tanh,
#
# $$\frac{\partial L}{\partial h_t} = \frac{\partial L}{\partial y_t} W_{hy}^\top + \delta_{t+1} W_{hh}^\top, \qquad
# \delta_t = \frac{\partial L}{\partial h_t} \odot (1 - h_t \odot h_t), \qquad \delta_{T+1} = 0.$$
#
# All parameters are used at every step. Their gradients are sums over steps and sequences:
#
# $$\frac{\partial L}{\partial W_{xh}} = \sum_{n,t} x_{n,t}^\top \delta_{n,t}, \quad
# \frac{\partial L}{\partial W_{hh}} = \sum_{n,t} h_{n,t-1}^\top \delta_{n,t}, \quad
# \frac{\partial L}{\partial b_h} = \sum_{n,t} \delta_{n,t}, \quad
# \text{and those of the readout as in task 3.}$$
#
# The loss is an argument, `loss_function`. Its gradient is zero in the padding, so padding needs no further care.
#
# *Example by hand* (all sizes 1, but `T` = 2): all weights and biases are 1 but $b_h$ = −1, the inputs are 1 and 0, and the loss is $y_1 + y_2$, so that each gradient of a score is 1.
# Inside the tanh stands 1 − 1 = 0 at the first step, and 0 + 0 − 1 = −1 at the second. With $h_1$ = 0 and $h_2$ = −0.7616 the loss is 1 + 0.2384 = 1.2384.
# Backwards: $\partial L/\partial h_2$ = 1 and $\delta_2$ = 1 − 0.7616² = 0.42; $\partial L/\partial h_1$ = 1 + 0.42 = 1.42, and $\delta_1$ = 1.42, because tanh has slope 1 at zero.
# So `dW_xh` = 1·1.42 + 0·0.42 = 1.42, `dW_hh` = 0·1.42 + 0·0.42 = 0, and `db_h` = 1.84.

# %% exercise="rnn_lm_loss_and_gradients"
def rnn_lm_loss_and_gradients(x, targets, lengths, W_xh, W_hh, b_h, W_hy, b_y, loss_function):
    """Loss and all gradients of a recurrent network with an output at every step, from a first state of zeros.

    x: (B, T, D) inputs; targets: (B, T) integers; lengths: (B,) integers from 1 to T
    W_xh: (D, H), W_hh: (H, H), b_h: (H,), W_hy: (H, C), b_y: (C,) parameters
    loss_function: a function loss_function(y, targets, lengths) -> loss, losses, dy with y and dy (B, T, C), as in task 4
    Returns loss: one number, as loss_function gives it;
    dh: (B, T, H), the gradient of every state, with both of its deltas;
    gradients: a dictionary with the keys "W_xh", "W_hh", "b_h", "W_hy", "b_y", each with the shape of its parameter.
    """
    ### BEGIN SOLUTION
    B, T, _ = x.shape
    h = np.zeros((B, T + 1, len(b_h)))  # h[:, t] enters step t, h[:, t + 1] leaves it
    for t in range(T):
        h[:, t + 1] = np.tanh(x[:, t] @ W_xh + h[:, t] @ W_hh + b_h)
    loss, _, dy = loss_function(h[:, 1:] @ W_hy + b_y, targets, lengths)

    dh = dy @ W_hy.T  # from each step's own loss
    delta = np.zeros_like(dh)
    for t in reversed(range(T)):
        if t + 1 < T:
            dh[:, t] += delta[:, t + 1] @ W_hh.T  # from the next step
        delta[:, t] = dh[:, t] * (1 - h[:, t + 1] ** 2)
    gradients = {
        "W_xh": np.einsum("btd,bth->dh", x, delta),
        "W_hh": np.einsum("bti,btj->ij", h[:, :-1], delta),
        "b_h": delta.sum(axis=(0, 1)),
        "W_hy": np.einsum("bth,btc->hc", h[:, 1:], dy),
        "b_y": dy.sum(axis=(0, 1)),
    }
    return loss, dh, gradients
    ### END SOLUTION


# %% try="rnn_lm_loss_and_gradients"
# The example by hand: expect 1.2384, dh [1.42 1. ], dW_xh 1.42, dW_hh 0, db_h 1.84
one = np.ones((1, 1))
loss, dh, gradients = rnn_lm_loss_and_gradients(
    np.array([[[1.0], [0.0]]]), np.zeros((1, 2), dtype=int), np.array([2]), one, one, -one[0], one, one[0],
    loss_function=lambda y, targets, lengths: (y.sum(), y[0, :, 0], np.ones_like(y)),
)
print(round(loss, 4), dh[0, :, 0].round(4), *(f"d{name}: {gradients[name].ravel().round(4)}" for name in ("W_xh", "W_hh", "b_h")))

# %% check="rnn_lm_loss_and_gradients" points=11
check(rnn_lm_loss_and_gradients)

# %% [markdown]
# ## 6. Which letter comes next?
#
# `data.first_names()` holds 4,400 first names to learn from and 763 others to test with.
# The network reads a name letter by letter, and at every step it has to say which letter is next.
# Both inputs and targets are numbers from 0 to 26: 1 to 26 are the letters; as a first input 0 means "a name begins", and as a last target "it ends".
# Nothing is graded here; the cells run as soon as tasks 1, 4 and 5 are done.

# %% real="names"
train, test = data.first_names()


def encode(names):
    """One-hot inputs (B, T, 27), targets (B, T) and lengths of a batch of names: "ann" reads 0 1 14 14 and wants 1 14 14 0."""
    letters = [[ord(letter) - ord("a") + 1 for letter in name] for name in names]
    read = data.pad([np.array([0, *name]) for name in letters])
    targets = data.pad([np.array([*name, 0]) for name in letters])
    return np.eye(27)[read], targets, np.array([len(name) + 1 for name in names])


def loss_function(y, targets, lengths):
    return sequence_loss(y, targets, lengths, softmax_cross_entropy)


def new_parameters(H, rng):
    return {
        "W_xh": 0.3 * rng.normal(size=(27, H)),
        "W_hh": 0.9 * rng.normal(size=(H, H)) / np.sqrt(H),
        "b_h": np.zeros(H),
        "W_hy": 0.1 * rng.normal(size=(H, 27)),
        "b_y": np.zeros(27),
    }


x, targets, lengths = encode(["ann", "zoe", "christopher"])
print("inputs", x.shape, "lengths", lengths)
print(targets)

# %% [markdown]
# Before a long training, look whether the gradients are right: move one number of a parameter a little to both sides and see how the loss changes.

# %% real="central_differences"
rng = np.random.default_rng(0)
parameters = new_parameters(8, rng)
_, _, gradients = rnn_lm_loss_and_gradients(x, targets, lengths, **parameters, loss_function=loss_function)
for name, values in parameters.items():
    index = np.unravel_index(np.abs(gradients[name]).argmax(), values.shape)  # where the gradient is largest
    before, both = values[index], []
    for step in (1e-5, -1e-5):
        values[index] = before + step
        both.append(rnn_lm_loss_and_gradients(x, targets, lengths, **parameters, loss_function=loss_function)[0])
    values[index] = before
    measured = (both[0] - both[1]) / 2e-5
    print(f"{name:5} {tuple(int(i) for i in index)!s:9} by your function {gradients[name][index]:+.8f}   measured {measured:+.8f}")

# %% [markdown]
# Now train: at each iteration a batch of 32 names, gradients by your function, and a step with momentum whose length is limited.

# %% real="training"
rng = np.random.default_rng(1)
parameters = new_parameters(64, rng)
velocity = {name: np.zeros_like(values) for name, values in parameters.items()}
iterations, curve = 1500, []
for iteration in range(iterations):
    batch = encode([train[i] for i in rng.integers(len(train), size=32)])
    loss, _, gradients = rnn_lm_loss_and_gradients(*batch, **parameters, loss_function=loss_function)
    norm = np.sqrt(sum((g**2).sum() for g in gradients.values()))
    rate = 0.06 * (1 - iteration / iterations) * min(1, 2 / norm)
    for name in parameters:
        velocity[name] = 0.9 * velocity[name] - rate * gradients[name]
        parameters[name] += velocity[name]
    curve.append(loss * 32 / batch[2].sum())  # nats per letter
    if (iteration + 1) % 300 == 0:
        print(f"iteration {iteration + 1:4}: {np.mean(curve[-300:]):.3f} nats per letter")

x, targets, lengths = encode(test)
loss, losses, _ = loss_function(np.zeros((*targets.shape, 27)), targets, lengths)
print(f"on the test names: all letters equally probable {loss / lengths.mean():.3f} = ln 27, ", end="")
loss = rnn_lm_loss_and_gradients(x, targets, lengths, **parameters, loss_function=loss_function)[0]
print(f"your network {loss / lengths.mean():.3f} nats per letter")

# %% [markdown]
# The losses $L_t$ say at which position of a name the next letter is easy to guess.
# For comparison a table of letter pairs, which knows the last letter and nothing before it.

# %% real="positions"
pairs = np.full((27, 27), 0.1)  # how often each letter followed each one, and a little for pairs never seen
for name in train:
    letters = [0, *(ord(letter) - ord("a") + 1 for letter in name), 0]
    np.add.at(pairs, (letters[:-1], letters[1:]), 1)
pair_scores = np.log(pairs)[x.argmax(axis=2)]  # (B, T, 27)


def by_position(loss_of):
    """Nats per letter at each position: L_t, divided by the share of names that have a step t."""
    seen = []
    loss_of(lambda *arguments: seen.append(loss_function(*arguments)) or seen[-1])
    running = (np.arange(targets.shape[1]) < lengths[:, np.newaxis]).mean(axis=0)
    return seen[0][1] / running


by_network = by_position(lambda f: rnn_lm_loss_and_gradients(x, targets, lengths, **parameters, loss_function=f))
by_pairs = by_position(lambda f: f(pair_scores, targets, lengths))
figure, axes = plots.figure()
shown = np.arange(10)
plots.curves(axes, shown + 1, {"letter pairs": by_pairs[shown], "your network": by_network[shown]})
axes.set(xlabel="position in the name", ylabel="loss of the step (nats)", ylim=(0, None), xticks=shown + 1)
plots.show(
    figure,
    "How hard the next letter is to guess, by position, on 763 names that were not used for training.",
    f"Two lines over positions 1 to 10. Letter pairs: {by_pairs[1]:.2f} at position 2, {by_pairs[7]:.2f} at position 8. "
    f"The network: {by_network[1]:.2f} at position 2, {by_network[7]:.2f} at position 8.",
)

# %% real="next_letter"
def scores_after(beginning):
    """Scores (27,) of the letter after some beginning of a name, read off what the network hands to its loss."""
    seen = []
    x, targets, lengths = encode([beginning])
    rnn_lm_loss_and_gradients(
        x, targets, lengths, **parameters, loss_function=lambda y, *others: seen.append(y) or loss_function(y, *others)
    )
    return seen[0][0, -1]


for beginning in ["", "q", "ch", "che", "eliza", "christin", "christina"]:
    scores = scores_after(beginning)
    p = np.exp(scores - scores.max())
    best = np.argsort(-p)[:3]
    guesses = ", ".join(f"{'end' if k == 0 else chr(96 + k)} {p[k] / p.sum():.0%}" for k in best)
    print(f"{beginning + '…':11} {guesses}")

# %% [markdown]
# ## 7. In your own words
#
# A friend's backward pass lacks the term $\delta_{t+1} W_{hh}^\top$; everything else is right. Training runs, and the loss falls, only not as far as yours.
# Which of the five gradients are still exact, and which are not?
# Why does the loss fall all the same, and what is it that this network will hardly learn?
# Three to six sentences.

# %% [markdown] written="missing_delta" points=4
# ### BEGIN SOLUTION
# The readout's gradients, dW_hy and db_y, need only the states and dy, so they stay exact; dW_xh, dW_hh and db_h are made of the deltas and
# are wrong, except for the part that comes from each step's own loss. The loss falls because that part is right: every step
# still learns to make its state good for its own answer, from its input and from whatever the state before happens to carry,
# and the readout learns to read it. But no step is ever told that a later step would have needed something. So the
# network hardly learns to store, now, what only a later answer needs: which letters stood further back in the name, for example.
#
# *Marking scheme* (4 points): 1 for dW_hy and db_y exact; 1 for dW_xh, dW_hh, db_h wrong, because later losses are missing in them; 1 for
# each step still being trained for its own loss, with the state it finds; 1 for no step learning to keep what a later step needs.
# ### END SOLUTION
