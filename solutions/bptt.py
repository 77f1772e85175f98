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
# # Backpropagation through time
#
# **Points**: 46 by the autograder, 4 for a written answer. **Time**: about 150 minutes.
#
# You will compute the gradients of a recurrent network by hand-written code: first for its single pieces, then for one step,
# then through time, and you will build the tool that checks such code, the numerical gradient.
#
# Afterwards you will be able to
#
# - send a gradient backwards through a linear layer, a tanh and a ReLU,
# - say which gradient belongs to one *copy* of the weights and which one is the *total*, and compute both,
# - walk backwards through time without losing the delta of the next step or of the step's own loss,
# - cut the walk off after some steps, and say what is lost,
# - check any gradient with differences.
#
# After each task a locked line such as `check(tanh_backward)` tells you at once what is right and what your mistake looks like.
# The tasks do not depend on each other: where one builds on another, the check hands in what it needs.
# Keep the names of functions and parameters.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `D` inputs per step, `H` hidden units.
# Batch first, vectors are rows.
# A gradient has the shape of what it belongs to, and its name with a `d` in front: `dW` belongs to `W`.
# Gradients belong to one number, the loss $L$ of the whole batch, so a parameter's gradient is a **sum** over the sequences of the batch.

# %% setup=true
import numpy as np

from unrolled import check, data, plots

# %% [markdown]
# ## 1. Backwards through a linear layer
#
# The layer computes $y = x W + b$. From $\partial L/\partial y$, called `dy`, follow
#
# $$\frac{\partial L}{\partial x} = \frac{\partial L}{\partial y} W^\top, \qquad
# \frac{\partial L}{\partial W} = x^\top \frac{\partial L}{\partial y}, \qquad
# \frac{\partial L}{\partial b} = \sum_{n} \frac{\partial L}{\partial y_n} \text{ over the rows } n \text{ of the batch.}$$
#
# *Example by hand*: one row $x$ = [1, 2], $W$ with the rows 3 and 4, `dy` = [[10]].
# Then `dx` = [[30, 40]], `dW` has the rows 10 and 20, and `db` = [10].

# %% exercise="linear_backward"
def linear_backward(dy, x, W):
    """Gradients of a linear layer y = x W + b.

    dy: (B, K) gradient of the loss with respect to y
    x: (B, D) input of the layer; W: (D, K) weights
    Returns dx: (B, D), dW: (D, K), db: (K,).
    """
    ### BEGIN SOLUTION
    return dy @ W.T, x.T @ dy, dy.sum(axis=0)
    ### END SOLUTION


# %% try="linear_backward"
# The example by hand: expect [[30. 40.]], then [[10.] [20.]], then [10.]
linear_backward(np.array([[10.0]]), np.array([[1.0, 2.0]]), np.array([[3.0], [4.0]]))

# %% check="linear_backward" points=4
check(linear_backward)

# %% [markdown]
# ## 2. Backwards through tanh
#
# For $h = \tanh(a)$ the derivative is $1 - \tanh^2(a)$. The way forward has kept $h$ and not $a$, so it is the **output** that you get.
#
# *Example by hand*: $h$ = 0.5, `dh` = 4. Then `da` = 4 · (1 − 0.25) = 3.

# %% exercise="tanh_backward"
def tanh_backward(dh, h):
    """Gradient of a tanh, from its output.

    dh: gradient of the loss with respect to the output, any shape
    h: the output of the tanh, of the same shape
    Returns da: the gradient with respect to the tanh's input, of the same shape.
    """
    ### BEGIN SOLUTION
    return dh * (1 - h**2)
    ### END SOLUTION


# %% try="tanh_backward"
# The example by hand: expect [3.]
tanh_backward(np.array([4.0]), np.array([0.5]))

# %% check="tanh_backward" points=3
check(tanh_backward)

# %% [markdown]
# ## 3. Backwards through a ReLU
#
# $\text{ReLU}(a) = \max(a, 0)$ lets the gradient through where $a > 0$ and stops it elsewhere.
# At $a = 0$ it has no derivative; like everybody else we take 0 there.
#
# *Example by hand*: $a$ = [−1, 0, 2], `dout` = [5, 6, −7]. Then `da` = [0, 0, −7].

# %% exercise="relu_backward"
def relu_backward(dout, a):
    """Gradient of a ReLU, from its input.

    dout: gradient of the loss with respect to the output, any shape
    a: the input of the ReLU, of the same shape
    Returns da: the gradient with respect to the input, of the same shape; 0 where a is 0.
    """
    ### BEGIN SOLUTION
    return dout * (a > 0)
    ### END SOLUTION


# %% try="relu_backward"
# The example by hand: expect zeros, then -7
relu_backward(np.array([5.0, 6.0, -7.0]), np.array([-1.0, 0.0, 2.0]))

# %% check="relu_backward" points=3
check(relu_backward)

# %% [markdown]
# ## 4. Backwards through one step
#
# The step is $h_t = \tanh(a_t)$ with $a_t = x_t W_{xh} + h_{t-1} W_{hh} + b_h$.
# What arrives is `dh_t`, *everything* that the loss says about $h_t$.
# First go through the tanh, to $\partial L/\partial a_t$; then through the sum and its two products.
#
# *Example by hand* (`B` = `D` = `H` = 1): $x_t$ = 1, $h_{t-1}$ = 2, $h_t$ = 0.5, $W_{xh}$ = 3, $W_{hh}$ = 10, `dh_t` = 4.
# Then $\partial L/\partial a_t$ = 3, and so `dx_t` = 9, `dh_prev` = 30, `dW_xh` = 3, `dW_hh` = 6, `db_h` = 3.

# %% exercise="rnn_step_backward"
def rnn_step_backward(dh_t, x_t, h_prev, h_t, W_xh, W_hh):
    """Gradients of one step of a recurrent network.

    dh_t: (B, H) gradient of the loss with respect to the state after the step
    x_t: (B, D) input; h_prev: (B, H) state before the step; h_t: (B, H) state after it
    W_xh: (D, H), W_hh: (H, H) parameters
    Returns dx_t: (B, D), dh_prev: (B, H), dW_xh: (D, H), dW_hh: (H, H), db_h: (H,);
    the last three are those of this step's copy of the parameters.
    """
    ### BEGIN SOLUTION
    da = dh_t * (1 - h_t**2)  # (B, H)
    return da @ W_xh.T, da @ W_hh.T, x_t.T @ da, h_prev.T @ da, da.sum(axis=0)
    ### END SOLUTION


# %% try="rnn_step_backward"
# The example by hand: expect 9, 30, 3, 6, 3
one = np.ones((1, 1))
rnn_step_backward(4 * one, one, 2 * one, 0.5 * one, 3 * one, 10 * one)

# %% check="rnn_step_backward" points=7
check(rnn_step_backward)

# %% [markdown]
# ## 5. One gradient for each copy
#
# Unroll the network: at step $t$ it uses its own copy $W^{(t)}$ of the weights, and all copies happen to be equal.
# Then each copy has a gradient of its own, $\partial L/\partial W^{(t)}$.
#
# Walk backwards from the last step.
# The delta that goes into the backward step at $t$ has two parts:
#
# $$\underbrace{\frac{\partial L}{\partial h_t}}_{\text{total}} = \underbrace{\frac{\partial L_t}{\partial h_t}}_{\text{the step's own loss}} +
# \underbrace{\text{what comes back from step } t+1}_{\text{its dh\_prev; nothing at the last step}}$$
#
# Here `dh[:, t]` is the first part, and `step_backward` gives the second one.
# It also gives the gradients of the step's copies.
#
# *Example by hand*: let `step_backward(d, x_t, h_prev, h_t)` return `dh_prev = 2 d` and, for its copy, `{"W": d}`.
# With `dh` = 1, 10, 100 for three steps the totals are 421, 210, 100: the last step has its own 100, the middle one 10 + 200, the first one 1 + 420.
# These are also the gradients of the three copies.

# %% exercise="copy_gradients"
def copy_gradients(dh, x, h_0, h, step_backward):
    """The gradient of each step's own copy of the parameters.

    dh: (B, T, H) gradient of each step's own loss with respect to its state
    x: (B, T, D) inputs; h_0: (B, H) state before the first step; h: (B, T, H) states h_1 ... h_T
    step_backward: a function (dh_t, x_t, h_prev, h_t) -> (dh_prev, copies), where dh_t is (B, H), everything
        that arrives at the state, dh_prev (B, H) is what goes on to the state before the step, and copies is a
        dictionary from the name of each parameter to the gradient of this step's copy
    Returns a dictionary from the name of each parameter to an array whose first axis is the time:
    entry t is the gradient of the copy that step t uses.
    """
    ### BEGIN SOLUTION
    copies = []
    from_next = np.zeros_like(h_0)
    for t in reversed(range(x.shape[1])):
        h_prev = h[:, t - 1] if t > 0 else h_0
        from_next, copy = step_backward(dh[:, t] + from_next, x[:, t], h_prev, h[:, t])
        copies.append(copy)
    return {name: np.stack([copy[name] for copy in reversed(copies)]) for name in copies[0]}
    ### END SOLUTION


# %% try="copy_gradients"
# The example by hand: expect 421, 210, 100
losses = np.array([[[1.0], [10.0], [100.0]]])
copy_gradients(losses, losses, np.zeros((1, 1)), losses, lambda dh_t, x_t, h_prev, h_t: (2 * dh_t, {"W": dh_t}))

# %% check="copy_gradients" points=8
check(copy_gradients)

# %% [markdown]
# ## 6. Backpropagation through time
#
# Now tie the copies: there is one $W$, used at every step. Its gradient is the sum,
#
# $$\frac{\partial L}{\partial W} = \sum_{t=1}^{T} \frac{\partial L}{\partial W^{(t)}} .$$
#
# You do not have to keep the copies' gradients for that: **add** each one to the total as you walk.
# Along the way collect the whole gradient of each state, and those of the inputs; at the end you hold the one of $h_0$.
# The check looks at the states first: as long as one of their gradients is wrong, nothing that is made from it can be right.
#
# *Example by hand* (`B` = `D` = `H` = 1): $W_{xh}$ = 1, $W_{hh}$ = 2, states so small that tanh does nothing ($h$ = 0), inputs 1, 1 and `dh` = 1, 10.
# The deltas are 10 at the second step and 1 + 20 = 21 at the first, so `dh_total` = 21, 10, `dx` = 21, 10, `dh_0` = 42, `dW_xh` = 31, `dW_hh` = 0 (all states are 0) and `db_h` = 31.

# %% exercise="rnn_backward"
def rnn_backward(dh, x, h_0, h, W_xh, W_hh):
    """Gradients of a recurrent network h_t = tanh(x_t W_xh + h_(t-1) W_hh + b_h), through all time steps.

    dh: (B, T, H) gradient of each step's own loss with respect to its state
    x: (B, T, D) inputs; h_0: (B, H) state before the first step; h: (B, T, H) states h_1 ... h_T
    W_xh: (D, H), W_hh: (H, H) parameters
    Returns dh_total: (B, T, H), everything that arrives at each state, from its own loss and from the next step;
    dx: (B, T, D), dh_0: (B, H), dW_xh: (D, H), dW_hh: (H, H), db_h: (H,), all of them totals.
    """
    ### BEGIN SOLUTION
    dh_total, dx, dW_xh, dW_hh, db_h = (np.zeros_like(a) for a in (h, x, W_xh, W_hh, W_hh[0]))
    from_next = np.zeros_like(h_0)
    for t in reversed(range(x.shape[1])):
        h_prev = h[:, t - 1] if t > 0 else h_0
        dh_total[:, t] = dh[:, t] + from_next
        da = dh_total[:, t] * (1 - h[:, t] ** 2)  # (B, H)
        dW_xh += x[:, t].T @ da
        dW_hh += h_prev.T @ da
        db_h += da.sum(axis=0)
        dx[:, t] = da @ W_xh.T
        from_next = da @ W_hh.T
    return dh_total, dx, from_next, dW_xh, dW_hh, db_h
    ### END SOLUTION


# %% try="rnn_backward"
# The example by hand: expect dh_total 21, 10; dx 21, 10; dh_0 42; dW_xh 31; dW_hh 0; db_h 31
zeros = np.zeros((1, 2, 1))
rnn_backward(np.array([[[1.0], [10.0]]]), zeros + 1, np.zeros((1, 1)), zeros, np.array([[1.0]]), np.array([[2.0]]))

# %% check="rnn_backward" points=9
check(rnn_backward)

# %% [markdown]
# ## 7. Cut off after k steps
#
# Long sequences cost memory, so one often lets each loss look back only a few steps.
# **Truncated to** $k$ means here: the loss of step $t$ counts for the copies of the steps $t, t-1, \dots, t-k+1$, that is $k$ of them, and for none before.
# So the delta of the loss at $t$ is sent back $k - 1$ times and then dropped.
# With $k = T$ or more nothing is dropped.
#
# The simplest way is to walk back once for every loss; that costs $T \cdot k$ backward steps, and here that does not matter.
#
# *Example by hand*: `step_backward` is the one of task 5, `dh` = 1, 10, 100, and $k$ = 2.
# The loss of the third step reaches copies 3 and 2, with 100 and 200; that of the second reaches 2 and 1, with 10 and 20; that of the first reaches copy 1, with 1.
# The sum over the copies is 100 + 200 + 10 + 20 + 1 = 331.

# %% exercise="truncated_rnn_backward"
def truncated_rnn_backward(dh, x, h_0, h, step_backward, k):
    """Total gradients if the loss of each step counts only for the last k copies of the parameters.

    dh: (B, T, H) gradient of each step's own loss with respect to its state
    x: (B, T, D) inputs; h_0: (B, H) state before the first step; h: (B, T, H) states h_1 ... h_T
    step_backward: a function (dh_t, x_t, h_prev, h_t) -> (dh_prev, copies), linear in dh_t, as in copy_gradients
    k: how many copies each loss reaches, at least 1
    Returns a dictionary from the name of each parameter to its total gradient.
    """
    ### BEGIN SOLUTION
    total = {}
    for last in range(x.shape[1]):
        delta = dh[:, last]
        for t in range(last, max(last - k, -1), -1):
            h_prev = h[:, t - 1] if t > 0 else h_0
            delta, copy = step_backward(delta, x[:, t], h_prev, h[:, t])
            for name, gradient in copy.items():
                total[name] = total.get(name, 0) + gradient
    return total
    ### END SOLUTION


# %% try="truncated_rnn_backward"
# The example by hand: expect 331
truncated_rnn_backward(
    losses, losses, np.zeros((1, 1)), losses, lambda dh_t, x_t, h_prev, h_t: (2 * dh_t, {"W": dh_t}), 2
)

# %% check="truncated_rnn_backward" points=6
check(truncated_rnn_backward)

# %% [markdown]
# ## 8. The numerical gradient
#
# How can one know that such code is right? Move one weight a little, and look how the loss moves:
#
# $$\frac{\partial L}{\partial W_{ij}} \approx \frac{L(W_{ij} + \varepsilon) - L(W_{ij} - \varepsilon)}{2 \varepsilon}$$
#
# The difference is taken on both sides, since the error is then of the order of $\varepsilon^2$ and not of $\varepsilon$.
# Compute it for every entry, with all others unchanged, and leave `W` as it was.
#
# *Example by hand*: $f(W) = W_{00}^2$ at $W$ = [[3]]. With $\varepsilon$ = 1: (16 − 4) / 2 = 6, which is exact for a square.

# %% exercise="numerical_gradient"
def numerical_gradient(f, W, eps):
    """The gradient of f at W by central differences.

    f: a function from an array of W's shape to a number; W: an array of real numbers, of any shape
    eps: how far each entry is moved to either side
    Returns the gradient, of W's shape. W is as before afterwards.
    """
    ### BEGIN SOLUTION
    gradient = np.zeros(W.shape)
    for index in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[index] = eps
        gradient[index] = (f(W + step) - f(W - step)) / (2 * eps)
    return gradient
    ### END SOLUTION


# %% try="numerical_gradient"
# The example by hand: expect [[6.]]
numerical_gradient(lambda W: W[0, 0] ** 2, np.array([[3.0]]), 1.0)

# %% check="numerical_gradient" points=6
check(numerical_gradient)

# %% [markdown]
# ## 9. Nine speakers, learnt by your own gradients
#
# Nine men said the same two vowels (`data.japanese_vowels()`).
# In the assignment before, a random recurrent network told them apart with a trained readout.
# Now train all of it, with your `rnn_backward`. Nothing is graded here.
#
# To keep lengths out of the way, the network reads the first seven frames of each utterance; the shortest has seven.
# The loss is the cross-entropy of the scores after the last frame, and its gradient is given.

# %% real="network"
train, test = data.japanese_vowels()
T, D, H, C = 7, 12, 24, 9
x_train, x_test = train.padded()[:, :T], test.padded()[:, :T]


def initial(seed):
    rng = np.random.default_rng(seed)
    shapes = {"W_xh": (D, H), "W_hh": (H, H), "b_h": (H,), "W_hy": (H, C), "b_y": (C,)}
    return {name: 0.3 * rng.normal(size=shape) / (1 + (name == "W_hh")) for name, shape in shapes.items()}


def states(x, p):
    h, kept = np.zeros((len(x), H)), []
    for t in range(x.shape[1]):
        h = np.tanh(x[:, t] @ p["W_xh"] + h @ p["W_hh"] + p["b_h"])
        kept.append(h)
    return np.stack(kept, axis=1)


def loss_and_gradients(x, labels, p, backward):
    """Mean cross-entropy of the last scores, and the gradients of all parameters."""
    h = states(x, p)
    scores = h[:, -1] @ p["W_hy"] + p["b_y"]
    scores = scores - scores.max(axis=1, keepdims=True)
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    dscores = (np.exp(log_p) - np.eye(C)[labels]) / len(x)
    dh = np.zeros_like(h)
    dh[:, -1] = dscores @ p["W_hy"].T  # only the last state has a loss of its own
    *_, dW_xh, dW_hh, db_h = backward(dh, x, np.zeros((len(x), H)), h, p["W_xh"], p["W_hh"])
    gradients = {"W_xh": dW_xh, "W_hh": dW_hh, "b_h": db_h, "W_hy": h[:, -1].T @ dscores, "b_y": dscores.sum(axis=0)}
    return -log_p[np.arange(len(x)), labels].mean(), gradients


# %% [markdown]
# Before you train with gradients, check them: your `numerical_gradient` against your `rnn_backward`.

# %% real="gradient-check"
p = initial(0)
few = slice(0, 5)
_, gradients = loss_and_gradients(x_train[few], train.labels[few], p, rnn_backward)
for name in p:
    numerical = numerical_gradient(
        lambda W, name=name: loss_and_gradients(x_train[few], train.labels[few], p | {name: W}, rnn_backward)[0], p[name], 1e-5
    )
    print(f"{name:5} largest difference {np.abs(numerical - gradients[name]).max():.1e}")


# %% real="training"
def overwritten(dh, x, h_0, h, W_xh, W_hh):
    """Wrong on purpose: only the gradient of the first step's copy is left, as if = stood where += belongs."""
    _, _, from_later, *_ = rnn_backward(dh[:, 1:], x[:, 1:], h[:, 0], h[:, 1:], W_xh, W_hh)
    return rnn_backward(dh[:, :1] + from_later[:, np.newaxis], x[:, :1], h_0, h[:, :1], W_xh, W_hh)


def fit(backward, steps=150, rate=0.3):
    p, losses = initial(1), []
    for _ in range(steps):
        loss, gradients = loss_and_gradients(x_train, train.labels, p, backward)
        losses.append(loss)
        p = {name: p[name] - rate * gradients[name] for name in p}
    right = np.mean((states(x_test, p)[:, -1] @ p["W_hy"] + p["b_y"]).argmax(axis=1) == test.labels)
    return np.array(losses), right


curves = {"all copies added": fit(rnn_backward), "overwritten: the first copy's alone": fit(overwritten)}
for name, (losses_seen, right) in curves.items():
    print(f"{name:38} loss {losses_seen[-1]:.2f}, right on {right:.0%} of the test utterances")

# %% real="figure"
figure, axes = plots.figure()
plots.curves(axes, np.arange(150), {name: losses_seen for name, (losses_seen, _) in curves.items()})
axes.set(xlabel="step of gradient descent", ylabel="loss on the training utterances", ylim=(0, None))
plots.show(
    figure,
    "The loss while the network learns to tell nine speakers apart, with the right gradient and with the one that was overwritten at each step.",
    "Two falling curves. "
    + " ".join(f"{name}: from {seen[0]:.2f} to {seen[-1]:.2f}, {right:.0%} right." for name, (seen, right) in curves.items()),
)

# %% [markdown]
# ## 10. In your own words
#
# In the last figure the network with the overwritten gradient still learns something, and no line of its code raises an error.
# Explain why the loss falls at all, although the gradient of $W_{hh}$ and $W_{xh}$ is wrong.
# Then say how you would find out that something is wrong, in a network of which you do not know how well it should do, and why this finds the mistake although training does not.
# Three to six sentences.

# %% [markdown] written="overwritten" points=4
# ### BEGIN SOLUTION
# The readout's gradient is right, so W_hy and b_y are trained properly on top of whatever states there are, and even random states
# tell speakers apart to some degree. The gradient that is left for W_xh and W_hh is that of one copy: it is one term of the sum and
# no nonsense, and following it often still lowers the loss, only not along the steepest way, and it ignores what the weights do at
# all other steps. A falling loss therefore proves nothing. The numerical gradient does: it moves each weight in all steps at once,
# since there is only one W, and compares the loss itself, so a missing term shows as a difference of the size of the gradient,
# while right code agrees to many digits.
#
# *Marking scheme* (4 points): 1 for the readout (or the bias) being trained rightly on top; 1 for the remaining gradient being one
# term of the sum, hence not useless; 1 for comparing with the numerical gradient (differences); 1 for why this finds it: the
# difference moves the one W at all steps at once, agreement to many digits is expected.
# ### END SOLUTION
