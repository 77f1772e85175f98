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
# # How gradients flow: products of Jacobians
#
# **Points**: 40 by the autograder, 4 for a written answer. **Time**: about 110 minutes.
#
# You will build the instruments that show why recurrent networks are hard to train: the Jacobian of a step, the product of many of them,
# and the size of the gradient at every step back. Then come the two classical remedies, clipping and an initialisation with the identity.
# In the end you point your instruments at a network that reads a psalm.
#
# Afterwards you will be able to
#
# - write down the Jacobian of a step, and say which index belongs to what,
# - multiply Jacobians in the right order and send a gradient back through them,
# - tell the spectral radius of a matrix from its norm,
# - clip a gradient by its global norm, and say what that leaves alone,
# - start a ReLU network as an identity.
#
# After each task a locked line such as `check(step_jacobian)` tells you at once what is right and what your mistake looks like.
# The tasks do not depend on each other. Keep the names of functions and parameters.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `D` inputs per step, `H` hidden units.
# Batch first, vectors are rows.
#
# **States and steps.** There are `T + 1` states, $h_0$ to $h_T$, and `T` steps between them.
# In an array of states, index `t` is $h_t$; in an array of Jacobians, index `t` is the step that leads from $h_t$ to $h_{t+1}$.

# %% setup=true
import numpy as np

from unrolled import check, data, plots

# %% [markdown]
# ## 1. The Jacobian of one step
#
# The step is $h_t = \tanh(a_t)$ with $a_t = x_t W_{xh} + h_{t-1} W_{hh} + b_h$.
# Its Jacobian says how each unit of the new state moves when one unit of the old state moves a little.
# Since vectors are rows here, the **row** belongs to what is moved and the **column** to what moves:
#
# $$J_t[i, j] = \frac{\partial h_t[j]}{\partial h_{t-1}[i]} = W_{hh}[i, j]\; \tanh'(a_t[j]),$$
#
# so that a small change $\delta$ of $h_{t-1}$, a row, becomes the row $\delta J_t$.
# Many books use the transpose of this.
# Each sequence of a batch has a Jacobian of its own.
#
# *Example by hand* (`B` = 1, `H` = 2): $x_t$, $h_{t-1}$ and $b_h$ are zero, so the slope of tanh is 1 and $J_t = W_{hh}$.
# If the bias of unit 1 is large, its slope is next to 0, and so is **column** 1 of $J_t$.

# %% exercise="step_jacobian"
def step_jacobian(x_t, h_prev, W_xh, W_hh, b_h):
    """The Jacobian of a tanh step with respect to the state before it, for each sequence.

    x_t: (B, D) input; h_prev: (B, H) state before the step
    W_xh: (D, H), W_hh: (H, H), b_h: (H,) parameters
    Returns J: (B, H, H), with J[n, i, j] the derivative of h_t[n, j] with respect to h_prev[n, i].
    """
    ### BEGIN SOLUTION
    h_t = np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)
    return W_hh * (1 - h_t**2)[:, np.newaxis, :]  # a slope for each column
    ### END SOLUTION


# %% try="step_jacobian"
# The example by hand: expect the rows [1, 0] and [3, 0], up to 1e-7 or so
step_jacobian(np.zeros((1, 1)), np.zeros((1, 2)), np.zeros((1, 2)), np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0.0, 9.0]))

# %% check="step_jacobian" points=7
check(step_jacobian)

# %% [markdown]
# ## 2. Many steps: a product
#
# By the chain rule, the Jacobian over several steps is the product of theirs.
# A row is first multiplied by the Jacobian of the first step, so the earliest one stands on the left:
#
# $$\frac{\partial h_t}{\partial h_s} = J_{s+1}\, J_{s+2} \cdots J_t, \qquad s \le t.$$
#
# In code the step from $h_0$ to $h_1$ has index 0, so this is the product of `jacobians[:, s]` to `jacobians[:, t - 1]`.
# Over no step at all ($s = t$) nothing changes: the product is the identity.
#
# *Example by hand* (`H` = 1): the Jacobians of three steps are 2, 3 and 5.
# Then $\partial h_3/\partial h_1$ = 3 · 5 = 15, and $\partial h_2/\partial h_2$ = 1.

# %% exercise="jacobian_product"
def jacobian_product(jacobians, start, end):
    """The Jacobian of the state h_end with respect to the earlier state h_start, for each sequence.

    jacobians: (B, T, H, H); jacobians[:, t] belongs to the step from h_t to h_(t+1), rows to h_t
    start, end: numbers of the two states, 0 <= start <= end <= T
    Returns P: (B, H, H), with P[n, i, j] the derivative of h_end[n, j] with respect to h_start[n, i].
    """
    ### BEGIN SOLUTION
    B, _, H, _ = jacobians.shape
    product = np.tile(np.eye(H), (B, 1, 1))
    for t in range(start, end):
        product = product @ jacobians[:, t]
    return product
    ### END SOLUTION


# %% try="jacobian_product"
# The example by hand: expect [[[15.]]]
jacobian_product(np.array([2.0, 3.0, 5.0]).reshape(1, 3, 1, 1), 1, 3)

# %% check="jacobian_product" points=7
check(jacobian_product)

# %% [markdown]
# ## 3. The gradient's size at every state
#
# Now backwards. Let the loss depend on the last state only. From $\partial L/\partial h_T$, a row, follows
#
# $$\frac{\partial L}{\partial h_{t-1}} = \frac{\partial L}{\partial h_t}\, J_t^\top,$$
#
# step by step to $h_0$. Wanted is the length (Euclidean norm) of each of these rows, for **each sequence on its own**.
#
# `jacobians[:, t]` holds a matrix for each sequence, `(B, H, H)`. There `.T` turns round all three axes; the last two alone are exchanged
# by `np.swapaxes(J, 1, 2)`. The rows, `(B, H)`, need a middle axis of 1 before they can be multiplied by that, and lose it afterwards;
# a loop over the sequences will do as well.
#
# *Example by hand* (`B` = `H` = 1): two steps with the Jacobians 2 and −3, and $\partial L/\partial h_2$ = 10.
# Then the norms at $h_0$, $h_1$, $h_2$ are 60, 30, 10.

# %% exercise="gradient_norms"
def gradient_norms(dh_T, jacobians):
    """How long the gradient is at every state, for a loss that looks at the last state.

    dh_T: (B, H) gradient of the loss with respect to h_T
    jacobians: (B, T, H, H); jacobians[:, t] belongs to the step from h_t to h_(t+1), rows to h_t
    Returns norms: (B, T + 1), with norms[n, t] the norm of the gradient with respect to h_t of sequence n.
    """
    ### BEGIN SOLUTION
    dh, norms = dh_T, [np.linalg.norm(dh_T, axis=1)]
    for t in reversed(range(jacobians.shape[1])):
        dh = np.einsum("bj,bij->bi", dh, jacobians[:, t])  # dh times the transpose
        norms.append(np.linalg.norm(dh, axis=1))
    return np.stack(norms[::-1], axis=1)
    ### END SOLUTION


# %% try="gradient_norms"
# The example by hand: expect [[60. 30. 10.]]
gradient_norms(np.array([[10.0]]), np.array([2.0, -3.0]).reshape(1, 2, 1, 1))

# %% check="gradient_norms" points=8
check(gradient_norms)

# %% [markdown]
# ## 4. The spectral radius
#
# In a linear network every Jacobian is $W_{hh}$, and a product over $k$ steps is $W_{hh}^k$.
# How fast its size grows or shrinks in the long run is decided by the eigenvalues $\lambda_1, \dots, \lambda_H$ of $W_{hh}$, real or complex:
#
# $$\rho(W) = \max_i |\lambda_i|, \qquad |a + \mathrm{i} b| = \sqrt{a^2 + b^2}.$$
#
# `np.linalg.eigvals` gives all eigenvalues of a square matrix.
#
# *Examples by hand*: the matrix with the rows [0, −2] and [2, 0] has the eigenvalues 2i and −2i, so ρ = 2.
# The matrix with the rows [0, 5] and [0, 0] has the eigenvalue 0 twice, so ρ = 0.

# %% exercise="spectral_radius"
def spectral_radius(W):
    """The largest absolute value among the eigenvalues of a matrix.

    W: (H, H) real numbers
    Returns the spectral radius, one real number.
    """
    ### BEGIN SOLUTION
    return np.abs(np.linalg.eigvals(W)).max()
    ### END SOLUTION


# %% try="spectral_radius"
# The examples by hand: expect 2 and 0
spectral_radius(np.array([[0.0, -2.0], [2.0, 0.0]])), spectral_radius(np.array([[0.0, 5.0], [0.0, 0.0]]))

# %% check="spectral_radius" points=5
check(spectral_radius)

# %% [markdown]
# ## 5. Clip by the global norm
#
# A gradient that explodes has a useful direction and a useless length.
# Put all gradients $g_1, \dots, g_K$ of a network into one long vector, and let $\lVert g \rVert$ be its norm:
#
# $$\lVert g \rVert = \sqrt{\textstyle\sum_k \lVert g_k \rVert^2}, \qquad
# \text{if } \lVert g \rVert > c: \quad g_k \leftarrow \frac{c}{\lVert g \rVert}\, g_k \text{ for all } k.$$
#
# Otherwise the gradients stay what they are. The norm before clipping is worth watching, so it is returned too (Pascanu, Mikolov and Bengio, 2013).
#
# *Example by hand*: two gradients, [3] and [0, −4]. Their global norm is 5. With $c$ = 1 they become [0.6] and [0, −0.8]; with $c$ = 10 they stay.

# %% exercise="clip_by_global_norm"
def clip_by_global_norm(gradients, max_norm):
    """Shorten all gradients together if their common norm is larger than max_norm.

    gradients: a dictionary from the name of each parameter to its gradient, an array of any shape
    max_norm: the largest norm allowed, a positive number
    Returns clipped, a dictionary with the same names (a new one if anything is clipped), and norm, the global norm before clipping.
    The arrays and the dictionary that were handed over stay as they are.
    """
    ### BEGIN SOLUTION
    norm = np.sqrt(sum(np.sum(g**2) for g in gradients.values()))
    scale = max_norm / norm if norm > max_norm else 1.0
    return {name: scale * g for name, g in gradients.items()}, norm
    ### END SOLUTION


# %% try="clip_by_global_norm"
# The example by hand: expect [0.6] and [0, -0.8], then the norm 5
clip_by_global_norm({"b_h": np.array([3.0]), "W_hh": np.array([0.0, -4.0])}, 1.0)

# %% check="clip_by_global_norm" points=7
check(clip_by_global_norm)

# %% [markdown]
# ## 6. Start as an identity
#
# Le, Jaitly and Hinton (2015) start a ReLU network so that it does nothing but remember:
#
# $$W_{hh} = s\, I, \qquad b_h = 0, \qquad h_t = \mathrm{ReLU}(x_t W_{xh} + h_{t-1} W_{hh} + b_h), \qquad h_0 = 0,$$
#
# with $s = 1$, or smaller if the network shall forget. Where a unit is active, the slope is 1, and with $s = 1$ the state goes on unchanged.
# You get a set of parameters as somebody has drawn them at random: $W_{xh}$ stays, the other two are **replaced**.
#
# *Example by hand* (`D` = `H` = 1): $W_{xh}$ = 1, $s$ = 0.5, inputs 4, 1, −9.
# The states are 4, then 1 + 2 = 3, then ReLU(−9 + 1.5) = 0.

# %% exercise="identity_recurrence"
def identity_recurrence(x, parameters, scale):
    """Start a ReLU network with a scaled identity, and run it from a state of zeros.

    x: (B, T, D) inputs; scale: the number s
    parameters: a dictionary with W_xh: (D, H), W_hh: (H, H), b_h: (H,), all drawn at random
    Returns started, a new dictionary with the same three names, and h: (B, T, H), the states h_1 ... h_T of the network with
    these parameters. What was handed over stays as it is.
    Source: Le, Jaitly and Hinton (2015).
    """
    ### BEGIN SOLUTION
    H = len(parameters["b_h"])
    started = {"W_xh": parameters["W_xh"], "W_hh": scale * np.eye(H), "b_h": np.zeros(H)}
    h, states = np.zeros((len(x), H)), []
    for t in range(x.shape[1]):
        h = np.maximum(x[:, t] @ started["W_xh"] + h @ started["W_hh"] + started["b_h"], 0)
        states.append(h)
    return started, np.stack(states, axis=1)
    ### END SOLUTION


# %% try="identity_recurrence"
# The example by hand: expect W_hh [[0.5]], b_h [0.], and the states 4, 3, 0
drawn = {"W_xh": np.array([[1.0]]), "W_hh": np.array([[-0.7]]), "b_h": np.array([0.3])}
identity_recurrence(np.array([[[4.0], [1.0], [-9.0]]]), drawn, 0.5)

# %% check="identity_recurrence" points=6
check(identity_recurrence)

# %% [markdown]
# ## 7. A psalm, and how far back its gradient reaches
#
# `data.psalms()` is the book of Psalms in the King James version, one character after the other.
# A tanh network with random weights reads the first hundred characters of Psalm 23.
# How long is the gradient of its last state, at each state before? Nothing is graded here.

# %% real="reading"
text = data.psalms()
start = text.index("The LORD is my shepherd")
letters = sorted(set(text))
T, D, H = 100, len(letters), 64
x = np.eye(D)[[letters.index(c) for c in text[start : start + T]]][np.newaxis]  # (1, T, D), one-hot

rng = np.random.default_rng(0)
W_xh = 0.3 * rng.normal(size=(D, H))
W_hh = 0.1 * rng.normal(size=(H, H))
b_h = np.zeros(H)
arriving = rng.normal(size=(1, H)) / np.sqrt(H)
print(repr(text[start : start + T]))
print(f"spectral radius as drawn: {spectral_radius(W_hh):.2f}; spectral norm: {np.linalg.norm(W_hh, 2):.2f}")


def tanh_jacobians(W_hh):
    """The Jacobians (1, T, H, H) of the tanh network along the text."""
    h, jacobians = np.zeros((1, H)), []
    for t in range(T):
        jacobians.append(step_jacobian(x[:, t], h, W_xh, W_hh, b_h))
        h = np.tanh(x[:, t] @ W_xh + h @ W_hh + b_h)
    return np.stack(jacobians, axis=1)


# %% real="norms"
# Before scaling, and after scaling W_hh to several spectral radii.
as_drawn = spectral_radius(W_hh)
radii = {f"{as_drawn:.2f}, as drawn": as_drawn, "0.50": 0.5, "1.20": 1.2, "2.00": 2.0}
tanh_curves = {name: gradient_norms(arriving, tanh_jacobians(W_hh * radius / as_drawn))[0, ::-1] for name, radius in radii.items()}
one_matrix = np.tile(W_hh * 1.2 / as_drawn, (1, T, 1, 1))
linear_norms = gradient_norms(arriving, one_matrix)[0, ::-1]

figure, axes = plots.figure(7, 3.6)
plots.curves(axes, np.arange(T + 1), {f"tanh, radius {name}": norms / norms[0] for name, norms in tanh_curves.items()})
axes.plot(np.arange(T + 1), linear_norms / linear_norms[0], color=plots.COLOURS[5], label="no tanh, radius 1.20")
axes.legend(frameon=False, labelcolor=plots.INK, fontsize=9)
axes.set(yscale="log", ylim=(1e-30, 1e12), xlabel="lag: steps back from the last state", ylabel="gradient norm / that at lag 0")
plots.show(
    figure,
    "How long the gradient is at the states of a random network that reads Psalm 23, relative to the last state.",
    "Curves over lags 0 to 100 on a logarithmic axis. "
    + " ".join(f"Tanh with radius {name}: {norms[-1] / norms[0]:.0e} at lag 100." for name, norms in tanh_curves.items())
    + f" Without tanh, radius 1.20: {linear_norms[-1] / linear_norms[0]:.0e}.",
)

# %% [markdown]
# With radius 2.00 the gradient grows through tanh as well: the matrix adds more than the slopes take away.
#
# Now the other network: ReLU, started as an identity. Its Jacobian is $W_{hh}$ with the columns of the silent units set to zero.
# For several scales $s$ we send a gradient back through the psalm, collect the gradients of all three parameters, and clip them to norm 1.

# %% real="identity"
drawn = {"W_xh": W_xh, "W_hh": W_hh, "b_h": rng.normal(size=H)}
scales = np.array([0.8, 0.85, 0.9, 0.95, 1.0, 1.05, 1.1, 1.15, 1.2])
at_start, norm_before, norm_after = [], [], []
for s in scales:
    started, h = identity_recurrence(x, drawn, s)
    jacobians = started["W_hh"] * (h > 0)[:, :, np.newaxis, :]
    norms = gradient_norms(arriving, jacobians)
    at_start.append(norms[0, 0] / norms[0, -1])
    earlier = np.concatenate([np.zeros((1, 1, H)), h[:, :-1]], axis=1)  # h_0 to h_(T-1)
    totals = {name: np.zeros_like(value) for name, value in started.items()}
    for t in range(T):
        dh_next = np.einsum("bj,bij->bi", arriving, jacobian_product(jacobians, t + 1, T))
        delta = dh_next * (h[:, t] > 0)
        totals["W_xh"] += x[:, t].T @ delta
        totals["W_hh"] += earlier[:, t].T @ delta
        totals["b_h"] += delta.sum(axis=0)
    clipped, norm = clip_by_global_norm(totals, 1.0)
    norm_before.append(norm)
    norm_after.append(np.sqrt(sum((g**2).sum() for g in clipped.values())))

# A logarithmic axis has no place for zero: where all units are silent at some step, the first curve has no point.
at_start = np.array(at_start)
cut = [f"{s:.2f}" for s in scales[at_start == 0]]
print("No gradient at all reaches the first state for s =", ", ".join(cut) or "(none of these)")

figure, axes = plots.figure(7, 3.4)
plots.curves(
    axes,
    scales,
    {"gradient at the first state": np.where(at_start > 0, at_start, np.nan), "all parameters": np.array(norm_before), "the same, clipped": np.array(norm_after)},
)
axes.set(yscale="log", xlabel="scale s of the identity", ylabel="norm")
plots.show(
    figure,
    "A ReLU network started as s times the identity, on a hundred characters: gradient at the first state (relative to the last), "
    "and norm of the whole gradient before and after clipping to 1. The first curve begins where anything arrives.",
    f"Three curves over scales 0.8 to 1.2 on a logarithmic axis. The gradient at the first state goes from {at_start[0]:.0g} to {at_start[-1]:.0e}, "
    f"the norm of the whole gradient from {norm_before[0]:.1e} to {norm_before[-1]:.0e}; clipped it is between {min(norm_after):.2g} and {max(norm_after):.2g}.",
)

# %% [markdown]
# ## 8. In your own words
#
# In the first figure, the matrix scaled to radius 1.2 makes the gradient grow without tanh, and shrink with tanh.
# Explain why the same matrix does both. Could clipping the parameters' gradients by their global norm (exercise 5) mend the curve of the network as drawn?
# And why does a small gradient at early states not show in the norm of a weight's total gradient?
# Four to seven sentences.

# %% [markdown] written="why_vanish" points=4
# ### BEGIN SOLUTION
# Without tanh every Jacobian is W_hh itself, and the product over k steps is W_hh to the power k, which grows about like 1.2 to the power k.
# With tanh each Jacobian is W_hh with its columns multiplied by the slopes 1 - h^2, which are at most 1 and smaller wherever a unit is away
# from zero. The text drives the units, so the typical slope is well below 1, and the product of many slopes outweighs the factor 1.2 per step.
# Clipping changes nothing in the other curve: it only shortens gradients whose norm is above the bound, and those of early states are far below it;
# it cannot make anything longer, and it keeps the ratio between early and late steps. The total gradient of a weight is a sum over all steps;
# the terms of the last steps are as large as ever, so the sum looks healthy although the early terms are missing from it, and the network learns from
# what is near and not from what is far.
#
# *Marking scheme* (4 points): 1 for the product being a power of W_hh without tanh; 1 for slopes below 1 (saturation) multiplying each step's Jacobian;
# 1 for clipping only ever shortening, so that vanished gradients stay; 1 for the total being a sum that is dominated by the late steps.
# ### END SOLUTION
