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
# # The unrolled net: one layer per input
#
# **Points**: 22 by the autograder, 4 for a written answer. **Time**: about 75 minutes.
#
# You will build the network of the chapter *One layer per input*: a deep net with one layer for each element of a sequence,
# a virtual layer of zeros in front, and shorter sequences that use the last layers.
#
# Afterwards you will be able to
#
# - write one layer of the net, with the input and the activation side by side,
# - run sequences of any length up to the number of layers through it,
# - say from the lengths in a data set which layers will hardly ever be trained,
# - count the parameters, and say what that number does when sequences get longer.
#
# After each task a locked line such as `check(layer_forward)` tells you at once what is right and what your mistake looks like.
# It uses prepared examples; your work is graded with other ones.
# The tasks do not depend on each other: if one of them resists, go on with the next.
# Only the last part uses your functions together. Keep the names of functions and parameters.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `D` inputs per step, `H` units per layer, `N` layers.
# Batch first, vectors are rows.

# %% setup=true
import numpy as np

from unrolled import check, data, plots

# %% [markdown]
# ## 1. One layer
#
# A layer takes two things: its own input $x_t$ and the activation $a^{(l-1)}$ of the layer before.
# It puts them side by side, the input first, and applies one linear map and a tanh:
#
# $$a^{(l)} = \tanh\big([x_t,\; a^{(l-1)}]\; W^{(l)} + b^{(l)}\big)$$
#
# The first `D` rows of `W` meet the input, the last `H` rows meet the activation.
#
# *Example by hand* (`D` = `H` = 1): input 1, activation 2, `W` with rows 0.5 and 0.25, bias −1.
# Then 1·0.5 + 2·0.25 − 1 = 0, and tanh 0 = 0.

# %% exercise="layer_forward"
def layer_forward(x_t, a_prev, W, b):
    """One layer of the unrolled net.

    x_t: (B, D) the layer's own input
    a_prev: (B, H) activation of the layer before
    W: (D + H, H) weights, the input's rows first; b: (H,) bias
    Returns a: (B, H), the layer's activation.
    """
    ### BEGIN SOLUTION
    both = np.concatenate([x_t, a_prev], axis=1)  # (B, D + H)
    return np.tanh(both @ W + b)
    ### END SOLUTION


# %% try="layer_forward"
# The example by hand: expect [[0.]]
layer_forward(np.array([[1.0]]), np.array([[2.0]]), np.array([[0.5], [0.25]]), np.array([-1.0]))

# %% check="layer_forward" points=5
check(layer_forward)

# %% [markdown]
# ## 2. The whole net, for sequences of any length
#
# The net has $N$ layers with a weight matrix each.
# A sequence of length $T \le N$ uses the **last** $T$ layers, so that its last element always meets layer $N$:
# element $t = 1, \dots, T$ goes into layer $N - T + t$. (Python counts from 0: layer $l$ is `W_layers[l - 1]`.)
# In front of the first layer in use stands the virtual layer, whose activation is all zeros.
#
# The layer itself is handed in as the argument `layer`, so that this task does not depend on the first one:
# call `layer(x_t, a_prev, W, b)` once for each element.
#
# *Example by hand* (`D` = `H` = 1): let `layer` be linear, `x_t @ W[:1] + a_prev @ W[1:]`, with three layers whose `W` have the rows
# (1, 10), (1, 20) and (1, 30), and the sequence 1, 2. It uses the last two layers: first 1·1 + 0·20 = 1, then 2·1 + 1·30 = 32.

# %% exercise="unrolled_forward"
def unrolled_forward(x, W_layers, b_layers, layer):
    """The activation of the last layer, for a batch of sequences of one length.

    x: (B, T, D) with T <= N
    W_layers: (N, D + H, H) and b_layers: (N, H), the weights of layer 1 to layer N
    layer: a function layer(x_t, a_prev, W, b) -> (B, H)
    Returns a: (B, H), the activation of layer N; H is the last axis of the weights.
    Raises ValueError if the sequences are longer than the net.
    """
    ### BEGIN SOLUTION
    B, T, _ = x.shape
    N, H = b_layers.shape
    if T > N:
        raise ValueError(f"A net of {N} layers cannot read {T} inputs.")
    a = np.zeros((B, H))  # the virtual layer
    for t in range(T):
        number = N - T + t
        a = layer(x[:, t], a, W_layers[number], b_layers[number])
    return a
    ### END SOLUTION


# %% try="unrolled_forward"
# The example by hand: expect [[32.]]
unrolled_forward(
    np.array([[[1.0], [2.0]]]),
    np.array([[[1.0], [10.0]], [[1.0], [20.0]], [[1.0], [30.0]]]),  # (3, 2, 1)
    np.zeros((3, 1)),
    lambda x_t, a_prev, W, b: x_t @ W[:1] + a_prev @ W[1:],
)

# %% check="unrolled_forward" points=7
check(unrolled_forward)

# %% [markdown]
# ## 3. Which layers are used at all?
#
# A layer learns only from the sequences that run through it, and a sequence runs through the *last* layers.
# For a set of sequences, compute the share of them that each layer takes part in.
#
# *Example by hand*: lengths 1, 3, 3, 2 and $N$ = 4.
# Layer 4 sees all four sequences, layer 3 sees three of them, layer 2 two, and layer 1 none.
# From layer 1 to layer 4 that is 0, 0.5, 0.75, 1.

# %% exercise="layer_usage"
def layer_usage(lengths, N):
    """The share of sequences that each layer of the net takes part in.

    lengths: (n,) integers from 1 to N, one for each sequence
    N: the number of layers
    Returns usage: (N,), numbers from 0 to 1, for layer 1 to layer N.
    """
    ### BEGIN SOLUTION
    needed = N - np.arange(N)  # layer l is used by sequences of at least N - l + 1 elements
    return np.array([np.mean(np.asarray(lengths) >= n) for n in needed])
    ### END SOLUTION


# %% try="layer_usage"
# The example by hand: expect [0.  0.5  0.75  1.]
layer_usage(np.array([1, 3, 3, 2]), 4)

# %% check="layer_usage" points=5
check(layer_usage)

# %% [markdown]
# ## 4. How many numbers must be learned?
#
# Count the parameters of a net with `N` layers, `D` inputs per step and `H` units: all weights and all biases.
# With `shared=True`, all layers use one and the same weight matrix and bias.
#
# *Example by hand*: `N` = 3, `D` = 2, `H` = 1.
# Each layer has 3 weights and 1 bias, so 12 parameters, or 4 if they are shared.

# %% exercise="parameter_count"
def parameter_count(N, D, H, shared):
    """The number of parameters of an unrolled net.

    N: number of layers; D: inputs per step; H: units per layer
    shared: whether all layers use the same weights and bias
    Returns the number of weights and biases, an int.
    """
    ### BEGIN SOLUTION
    per_layer = (D + H) * H + H
    return per_layer if shared else N * per_layer
    ### END SOLUTION


# %% try="parameter_count"
# The example by hand: expect (12, 4)
parameter_count(3, 2, 1, shared=False), parameter_count(3, 2, 1, shared=True)

# %% check="parameter_count" points=5
check(parameter_count)

# %% [markdown]
# ## 5. On real reviews
#
# `data.reviews()` holds more than fourteen thousand snippets of film and product reviews.
# Put a net with one layer per word over those of at most 50 words, and look at what your functions say about it.
# Nothing is graded here; look at the figure before you answer the question below it.

# %% real="reviews"
lengths = data.reviews().lengths
lengths = lengths[lengths <= 50]
usage = layer_usage(lengths, 50)

figure, axes = plots.figure()
axes.bar(np.arange(1, 51), 100 * usage, color=plots.COLOURS[0])
axes.set_xlabel("layer")
axes.set_ylabel("reviews that use it (%)")
print(f"layer 1: {usage[0]:.2%} of the reviews, layer 50: {usage[-1]:.0%}")
print(f"parameters with D = H = 48: {parameter_count(50, 48, 48, shared=False):,} in separate layers")
print(f"                            {parameter_count(50, 48, 48, shared=True):,} with shared weights")
plots.show(
    figure,
    "How many reviews run through each layer of a net with 50 layers.",
    "Bar chart of the share of reviews against the layer's number: it rises from near zero at layer 1 to all at layer 50.",
)

# %% real="forward"
# Your net at work: 4 random sequences of 7 inputs in a net of 50 layers.
rng = np.random.default_rng(0)
W_layers, b_layers = rng.normal(size=(50, 3 + 5, 5)) / np.sqrt(8), np.zeros((50, 5))
unrolled_forward(rng.normal(size=(4, 7, 3)), W_layers, b_layers, layer_forward)

# %% [markdown]
# ## 6. In your own words
#
# Look at the figure. Why will the first layers of this net work badly on long reviews, even after long training?
# Say what would change if all layers used the same weights.
# Three to six sentences.

# %% [markdown] written="early_layers" points=4
# ### BEGIN SOLUTION
# The first layers take part only in the longest reviews: layer 1 is used by those of 50 words, far fewer than one in a
# hundred. For all other reviews its weights do not touch the result, so their gradient is zero and they stay where
# they were initialised, or they fit the few long reviews by heart. On a new long review these layers compute
# something nearly random, and all later layers build on it.
# With shared weights every review of any length trains the one matrix, at each of its words, so what is learned at the
# end of short reviews is used at the beginning of long ones; and there are 50 times fewer parameters.
#
# *Marking scheme* (4 points): 1 for seeing that few sequences reach the early layers; 1 for no gradient (or hardly any
# data) and therefore untrained or overfitted weights; 1 for the consequence on long reviews; 1 for shared weights being
# trained by every step of every sequence.
# ### END SOLUTION
