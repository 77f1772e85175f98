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
# # The recurrent network: one layer for every step
#
# **Points**: 27 by the autograder, 4 for a written answer. **Time**: about 90 minutes.
#
# You will build a recurrent network from its step up to a batch of sequences of different lengths,
# and use it to tell nine speakers apart by the way they say two vowels.
#
# Afterwards you will be able to
#
# - turn one matrix on $[x_t, h_{t-1}]$ into two matrices and back,
# - write the step of a recurrent network and the loop around it,
# - run a padded batch so that padding changes nothing,
# - read a class from the last state of each sequence.
#
# After each task a locked line such as `check(rnn_step)` tells you at once what is right and what your mistake looks like.
# It uses prepared examples; your work is graded with other ones.
# The tasks do not depend on each other: if one of them resists, go on with the next.
# Only the last part uses your functions together. Keep the names of functions and parameters.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `D` inputs per step, `H` hidden units, `C` classes.
# Batch first, vectors are rows.

# %% setup=true
import numpy as np

from unrolled import check, data, plots

# %% [markdown]
# ## 1. One matrix is two
#
# The unrolled net puts the input and the state side by side and uses one matrix $W$ of shape `(D + H, H)`.
# A product of a row with a matrix adds up row by row, so $W$ can be cut in two:
#
# $$[x_t,\; h_{t-1}]\; W = x_t W_{xh} + h_{t-1} W_{hh}$$
#
# *Example by hand*: `D` = 2, `H` = 1, and `W` has the rows 1, 2, 3.
# Then $W_{xh}$ has the rows 1, 2 and $W_{hh}$ the row 3.

# %% exercise="split_weights"
def split_weights(W, D):
    """Cut the matrix of the concatenated form in two.

    W: (D + H, H) weights on [x_t, h_prev]; D: inputs per step
    Returns W_xh: (D, H), "from x to h", and W_hh: (H, H), "from h to h".
    """
    ### BEGIN SOLUTION
    return W[:D], W[D:]
    ### END SOLUTION


# %% try="split_weights"
# The example by hand: expect (array([[1.], [2.]]), array([[3.]]))
split_weights(np.array([[1.0], [2.0], [3.0]]), 2)

# %% check="split_weights" points=3
check(split_weights)

# %% [markdown]
# ## 2. The step
#
# $$h_t = \tanh(x_t W_{xh} + h_{t-1} W_{hh} + b_h)$$
#
# *Example by hand* (`D` = `H` = 1): $x_t$ = 1, $h_{t-1}$ = 2, $W_{xh}$ = 0.5, $W_{hh}$ = 0.25, $b_h$ = −1.
# Then 0.5 + 0.5 − 1 = 0, and tanh 0 = 0.

# %% exercise="rnn_step"
def rnn_step(x_t, h_prev, W_xh, W_hh, b_h):
    """One step of a recurrent network.

    x_t: (B, D) input; h_prev: (B, H) state before the step
    W_xh: (D, H), W_hh: (H, H), b_h: (H,) parameters
    Returns h_t: (B, H), the state after the step.
    """
    ### BEGIN SOLUTION
    return np.tanh(x_t @ W_xh + h_prev @ W_hh + b_h)
    ### END SOLUTION


# %% try="rnn_step"
# The example by hand: expect [[0.]]
rnn_step(np.array([[1.0]]), np.array([[2.0]]), np.array([[0.5]]), np.array([[0.25]]), np.array([-1.0]))

# %% check="rnn_step" points=6
check(rnn_step)

# %% [markdown]
# ## 3. The loop
#
# A recurrent network repeats its step: $h_t = \text{step}(x_t, h_{t-1})$ for $t = 1, \dots, T$, from a given $h_0$.
# The loop does not care what the step computes, so it takes the step as an argument.
# Later you will hand it an LSTM.
#
# *Example by hand*: let `step` return `x_t + 10 * h_prev`, with one sequence 1, 2, 3 and $h_0$ = 0.
# The states are 1, 12, 123; the last one is 123.

# %% exercise="rnn_forward"
def rnn_forward(x, h_0, step):
    """All states of a recurrent network on a batch of sequences of one length.

    x: (B, T, D) inputs; h_0: (B, H) state before the first step
    step: a function step(x_t, h_prev) -> h_t, with x_t (B, D), h_prev and h_t (B, H)
    Returns h: (B, T, H), the states h_1 ... h_T, and h_last: (B, H), the state after the last step.
    """
    ### BEGIN SOLUTION
    states, h = [], h_0
    for t in range(x.shape[1]):
        h = step(x[:, t], h)
        states.append(h)
    return np.stack(states, axis=1), h
    ### END SOLUTION


# %% try="rnn_forward"
# The example by hand: expect the states [1. 12. 123.] and the last one [[123.]]
states, last = rnn_forward(np.array([[[1.0], [2.0], [3.0]]]), np.zeros((1, 1)), lambda x_t, h_prev: x_t + 10 * h_prev)
states[0, :, 0], last

# %% check="rnn_forward" points=6
check(rnn_forward)

# %% [markdown]
# ## 4. Different lengths in one batch
#
# Sequences of different lengths travel in one array: each starts at time 0, and after its end the array is padded.
# What stands there must not matter.
# So a sequence that has ended **carries** its state: from then on it stays what it was after its last true step.
#
# *Example by hand*: as before `step` returns `x_t + 10 * h_prev`.
# The sequence 1, 2 of length 2 is padded to 1, 2, 99. Its states are 1, 12, 12, and its last state is 12.

# %% exercise="rnn_forward_padded"
def rnn_forward_padded(x, lengths, h_0, step):
    """All states on a padded batch; a sequence that has ended carries its state.

    x: (B, T, D) inputs, with any finite numbers after each sequence's end
    lengths: (B,) integers from 1 to T
    h_0: (B, H) state before the first step; step: a function step(x_t, h_prev) -> h_t
    Returns h: (B, T, H), the states, and h_last: (B, H), each sequence's state after its last true step.
    """
    ### BEGIN SOLUTION
    states, h = [], h_0
    for t in range(x.shape[1]):
        running = (t < lengths)[:, np.newaxis]  # (B, 1)
        h = np.where(running, step(x[:, t], h), h)
        states.append(h)
    return np.stack(states, axis=1), h
    ### END SOLUTION


# %% try="rnn_forward_padded"
# The example by hand: expect the states [1. 12. 12.] and the last one [[12.]]
states, last = rnn_forward_padded(
    np.array([[[1.0], [2.0], [99.0]]]), np.array([2]), np.zeros((1, 1)), lambda x_t, h_prev: x_t + 10 * h_prev
)
states[0, :, 0], last

# %% check="rnn_forward_padded" points=7
check(rnn_forward_padded)

# %% [markdown]
# ## 5. A class for each sequence
#
# To classify a sequence, read the state after its last true step through a linear layer, and take the class with the highest score:
#
# $$y = h_{n} W_{hy} + b_y, \quad \text{where } n \text{ is the sequence's own length}$$
#
# After a sequence's end the states may hold any finite numbers, so look at `lengths`.
#
# *Example by hand*: one sequence of length 2 with the states 1, 5, −8 (`H` = 1), `W_hy` = [[1, −1]], `b_y` = [0, 2].
# The state to read is 5; the scores are 5 and −3; the class is 0.

# %% exercise="classify_last"
def classify_last(h, lengths, W_hy, b_y):
    """Scores and class of each sequence, from the state after its last true step.

    h: (B, T, H) states; lengths: (B,) integers from 1 to T
    W_hy: (H, C), b_y: (C,) parameters of the readout
    Returns scores: (B, C), and labels: (B,) integers, the class with the highest score.
    """
    ### BEGIN SOLUTION
    last = h[np.arange(len(h)), lengths - 1]  # (B, H)
    scores = last @ W_hy + b_y
    return scores, scores.argmax(axis=1)
    ### END SOLUTION


# %% try="classify_last"
# The example by hand: expect scores [[5. -3.]] and labels [0]
classify_last(np.array([[[1.0], [5.0], [-8.0]]]), np.array([2]), np.array([[1.0, -1.0]]), np.array([0.0, 2.0]))

# %% check="classify_last" points=5
check(classify_last)

# %% [markdown]
# ## 6. Who is speaking?
#
# Nine men said the same two vowels; `data.japanese_vowels()` has 270 utterances for training and 370 for testing, 7 to 29 frames long.
# Nothing is graded here.
#
# You do not know yet how to train a recurrent network; the next chapters are about that.
# But there is a network that works without it: leave its weights random and train the readout alone, by least squares.
# Such a net is called an *echo state network*: its random states echo what came in.

# %% real="states"
train, test = data.japanese_vowels()
rng = np.random.default_rng(0)
D, H = 12, 200
W = rng.normal(size=(D + H, H)) * np.r_[np.full(D, 0.25), np.full(H, 0.9 / np.sqrt(H))][:, np.newaxis]
W_xh, W_hh = split_weights(W, D)
b_h = 0.5 * rng.normal(size=H)


def speaker_states(sequences):
    """States (N, T, H) of the random network on padded utterances."""
    h_0 = np.zeros((len(sequences.x), H))
    return rnn_forward_padded(
        sequences.padded(), sequences.lengths, h_0, lambda x_t, h_prev: rnn_step(x_t, h_prev, W_xh, W_hh, b_h)
    )


h, h_last = speaker_states(train)
print("states", h.shape, "last states", h_last.shape)

# %% real="readout"
# Train the readout on the last states: ridge regression onto one-hot speakers.
inputs = np.c_[h_last, np.ones(len(h_last))]
weights = np.linalg.solve(inputs.T @ inputs + 0.1 * np.eye(H + 1), inputs.T @ np.eye(9)[train.labels])
W_hy, b_y = weights[:-1], weights[-1]

h_test, _ = speaker_states(test)
scores, labels = classify_last(h_test, test.lengths, W_hy, b_y)
print(f"right on {np.mean(labels == test.labels):.1%} of the test utterances; guessing gives {1 / 9:.1%}")

# %% real="confusion"
confusion = np.zeros((9, 9), dtype=int)
np.add.at(confusion, (test.labels, labels), 1)
figure, axes = plots.figure(5.0, 4.4)
for true, said in np.ndindex(9, 9):
    if confusion[true, said]:
        weight = "bold" if true == said else "normal"
        axes.text(said, true, confusion[true, said], ha="center", va="center", color=plots.INK, fontweight=weight)
axes.set(xlim=(-0.5, 8.5), ylim=(8.5, -0.5), xticks=range(9), yticks=range(9), xlabel="speaker found", ylabel="true speaker")
plots.show(
    figure,
    "Which speaker the network hears, for each true speaker. Bold numbers on the diagonal are right.",
    "Table of nine true speakers against nine speakers found; most utterances lie on the diagonal.",
)

# %% [markdown]
# What if you had not carried the state? Let every utterance run on over 0, 1, 2, … 10 frames of padding, all zeros, before it is read.

# %% real="padding"
_, state = speaker_states(test)
extra_frames, right = np.arange(11), []
for _ in extra_frames:
    scores, labels = classify_last(state[:, np.newaxis], np.ones(len(state), dtype=int), W_hy, b_y)
    right.append(np.mean(labels == test.labels))
    state = rnn_step(np.zeros((len(state), D)), state, W_xh, W_hh, b_h)

figure, axes = plots.figure()
axes.plot(extra_frames, 100 * np.array(right), marker="o", color=plots.COLOURS[0])
axes.axhline(100 / 9, color=plots.INK, linestyle=":")
axes.text(10, 13, "guessing", ha="right", color=plots.INK)
axes.set(xlabel="frames of padding that the network runs over", ylabel="right speakers (%)", ylim=(0, 100))
plots.show(
    figure,
    "How many speakers are found if the network runs on over padding before the state is read.",
    f"Line over 0 to 10 padded frames. Without padding {right[0]:.0%} are right, after one frame {right[1]:.0%}, after ten {right[-1]:.0%}.",
)

# %% [markdown]
# ## 7. In your own words
#
# Look at the last figure: one frame of zeros costs more than half of the right answers, and a few of them leave nothing but guessing.
# Explain what happens to the state during such a frame, although its input is zero.
# Say why the readout cannot make sense of that state, and what this means for an utterance in a batch with a longer one.
# Three to six sentences.

# %% [markdown] written="padding" points=4
# ### BEGIN SOLUTION
# With x_t = 0 the step still computes tanh(h W_hh + b_h), and that is not h: in every padded frame the state is mixed with W_hh,
# shifted by the bias and squashed again. What the utterance left in the state is turned into something else, and after
# a few frames it has faded. The readout was trained on states directly after the last true frame; a state some
# frames later is of a kind that it has never seen, so its scores mean nothing. In a batch each utterance would be read as many frames
# after its end as the longest one is longer: its answer would depend on its neighbours. So the
# state must be carried, or the last true state must be read.
#
# *Marking scheme* (4 points): 1 for tanh(h W_hh + b_h) not being h although x_t = 0; 1 for what the utterance left in the state
# being changed or fading; 1 for the readout having been trained on states at the end; 1 for the number of padded frames depending
# on the others in the batch.
# ### END SOLUTION
