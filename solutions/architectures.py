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
# # Architectures: layers, directions, encoders, readouts
#
# **Points**: 30 by the autograder, 4 for a written answer. **Time**: about 120 minutes.
#
# A recurrent layer is one part of a network. You will build what stands before, beside, above and behind it.
# At the end your network reads strips of handwritten digits, and another one writes the name of a digit letter by letter.
#
# Afterwards you will be able to
#
# - stack recurrent layers, each with its own weights and initial state,
# - read a padded batch in both directions, so that padding changes nothing,
# - turn every image of a sequence into features with one small convolution,
# - make a sequence from a single vector,
# - put a deeper readout behind the states.
#
# After each task a locked line such as `check(deep_readout)` tells you at once what is right and what your mistake looks like.
# It uses prepared examples; your work is graded with other ones.
# The tasks do not depend on each other: the recurrent layer or step itself is handed in as an argument.
# Only the last part uses your functions together. Keep the names of functions and parameters.
# All arguments are NumPy arrays (or lists of them), and so are all results. Their numbers are floating-point numbers, except lengths and tokens, which are integers.
# You may use torch inside a function if you like; `.numpy()` turns its result into an array.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `D` inputs per step, `H` hidden units, `L` layers, `C` classes, `V` tokens.
# Batch first, vectors are rows.

# %% setup=true
import numpy as np
import torch
from torch import nn

from unrolled import check, data, plots

torch.set_num_threads(1)  # small networks: more threads only cost time

# %% [markdown]
# ## 1. Layers upon layers
#
# In a stack the states of one recurrent layer are the inputs of the next.
# With $h^{[l]}_t$ for the state of layer $l$ at time $t$, and the input sequence as layer 0:
#
# $$h^{[l]}_1, \dots, h^{[l]}_T = \text{layer}\big(h^{[l-1]}_1, \dots, h^{[l-1]}_T;\; h^{[l]}_0,\, \text{weights}^{[l]}\big), \qquad h^{[0]}_t = x_t$$
#
# The function `layer` is handed in; it reads whole sequences and may be an RNN, an LSTM or a GRU. What is in `weights[l]` is its business.
#
# *Example by hand* (all sizes 1, two layers): let `layer` give $h_0$ plus the sum of all inputs so far, times the weight.
# The input is 1, 2, 3; the weights are 1 and 2; the initial states are 0 and 10.
# The first layer has the states 1, 3, 6. The second reads them and has 12, 18, 30. The last states are 6 and 30.


# %% exercise="stacked_forward"
def stacked_forward(x, h_0, weights, layer):
    """The states of a stack of recurrent layers.

    x: (B, T, D) inputs; h_0: (L, B, H), the initial state of each layer, the lowest layer first
    weights: a list of L entries, the weights of each layer
    layer: a function layer(x, h_0, weights) -> states (B, T, H), with x (B, T, any), h_0 (B, H), one entry of weights;
        call it once for each layer, on whole sequences: its states need not be all that it remembers from step to step
    Returns h: (B, T, H), the states of the top layer, and h_last: (L, B, H), the state of each layer after the last step.
    """
    ### BEGIN SOLUTION
    last = []
    for number, layer_weights in enumerate(weights):
        x = layer(x, h_0[number], layer_weights)  # (B, T, H): what the next layer reads
        last.append(x[:, -1])
    return x, np.stack(last)
    ### END SOLUTION


# %% try="stacked_forward"
# The example by hand: expect the states [12. 18. 30.] and the last ones [ 6. 30.]
def running_sum(x, h_0, weights):
    return h_0[:, np.newaxis] + np.cumsum(weights * x, axis=1)


states, last = stacked_forward(np.array([[[1.0], [2.0], [3.0]]]), np.array([[[0.0]], [[10.0]]]), [1.0, 2.0], running_sum)
states[0, :, 0], last[:, 0, 0]

# %% check="stacked_forward" points=6
check(stacked_forward)

# %% [markdown]
# ## 2. Both directions
#
# A second layer reads each sequence from its end to its beginning. At step $t$ both states stand side by side:
#
# $$h_t = [\overrightarrow{h}_t,\; \overleftarrow{h}_t], \qquad
# \overrightarrow{h}_t \text{ has read } x_1, \dots, x_t, \qquad \overleftarrow{h}_t \text{ has read } x_{T_n}, \dots, x_t$$
#
# $T_n$ is the length of the sequence itself. Behind it there is padding, which neither direction may notice.
# To have a sequence read backwards, reverse it, run `layer` on it, and turn the states round again.
# Where a sequence has ended, its states are 0.
#
# *Example by hand*: `layer` is as before; the weights are 1 forwards and 10 backwards; both initial states are 0.
# The sequence 1, 2, 3 of length 3 is padded to 1, 2, 3, 99.
# Forwards: 1, 3, 6. Backwards: 60 at the first step, 50 at the second, 30 at the third.
# Together (1, 60), (3, 50), (6, 30), (0, 0). After all its steps the forward layer is at 6 and the backward layer at 60.


# %% exercise="bidirectional_forward"
def bidirectional_forward(x, lengths, h_0, weights, layer):
    """The states of two recurrent layers that read a padded batch in opposite directions.

    x: (B, T, D) inputs, with any finite numbers after each sequence's end; lengths: (B,) integers from 1 to T
    h_0: (2, B, H), the state before the first step that is read: of the forward layer, of the backward layer
    weights: a list of two entries, the weights of the forward and of the backward layer
    layer: a function layer(x, h_0, weights) -> states (B, T, H); state t depends on h_0 and on the first t inputs
    Returns h: (B, T, 2H), forward states first, zeros after each sequence's end,
    and h_last: (B, 2H), the state of each direction after it has read the whole sequence.
    """
    ### BEGIN SOLUTION
    B, T, _ = x.shape
    t, rows = np.arange(T), np.arange(B)
    turned = rows[:, np.newaxis], lengths[:, np.newaxis] - 1 - t  # below 0: the padding, from behind
    forward = layer(x, h_0[0], weights[0])
    backward = layer(x[turned], h_0[1], weights[1])[turned]
    h = np.concatenate([forward, backward], axis=-1)
    h[t >= lengths[:, np.newaxis]] = 0
    return h, np.concatenate([forward[rows, lengths - 1], backward[:, 0]], axis=-1)
    ### END SOLUTION


# %% try="bidirectional_forward"
# The example by hand: expect the pairs [1 60], [3 50], [6 30], [0 0] and the last states [ 6. 60.]
states, last = bidirectional_forward(
    np.array([[[1.0], [2.0], [3.0], [99.0]]]), np.array([3]), np.zeros((2, 1, 1)), [1.0, 10.0], running_sum
)
states[0].astype(int), last[0]

# %% check="bidirectional_forward" points=8
check(bidirectional_forward)

# %% [markdown]
# ## 3. An encoder for every frame
#
# If each step brings an image, a small convolution turns it into a vector first. The same kernels serve all frames, as one layer serves all steps.
# Kernel $k$ is laid on the image at row $r$ and column $c$; for the side $S$ (an odd number) and the stride $s$,
#
# $$m_{k,r,c} = \max\Big(0,\; b_k + \sum_{i=0}^{S-1} \sum_{j=0}^{S-1} K_{k,i,j}\; p_{\,s r + i,\; s c + j}\Big)$$
#
# where $p$ is the image with a border of $\lfloor S/2 \rfloor$ zeros on each side, and all indices count from 0.
# Rows and columns go on as long as the kernel fits into $p$.
# (As in all of deep learning, the kernel is laid on as it is, not turned round.)
#
# The features of a frame are all its $m$ in a row: first all of kernel 0, row by row, then those of kernel 1, and so on.
#
# Tools that can help: `np.lib.stride_tricks.sliding_window_view`, or `nn.functional.conv2d`, which takes a batch of images `(N, 1, rows, columns)`.
#
# *Example by hand*: one frame with the rows 1, 2 and 3, 4. One kernel of side 3: its centre is 1, the place to the right of it 10, all others 0; $b$ = −3; stride 1.
# The sums are 1 + 20, 2 + 0, 3 + 40, 4 + 0. With the bias and the maximum: 18, 0, 40, 1.


# %% exercise="cnn_encoder"
def cnn_encoder(frames, kernels, b_k, stride):
    """Features of every frame: a convolution with zeros around the frame, and a ReLU.

    frames: (B, T, rows, columns), one image for each step
    kernels: (K, S, S) with an odd side S; b_k: (K,) biases; stride: a step down and to the right
    Returns features: (B, T, K * R * Q), for maps of R rows and Q columns, in the order kernel, row, column.
    """
    ### BEGIN SOLUTION
    B, T, rows, columns = frames.shape
    images = torch.as_tensor(frames).reshape(B * T, 1, rows, columns)
    kernels = torch.as_tensor(kernels)[:, np.newaxis]  # (K, 1, S, S)
    sums = nn.functional.conv2d(images, kernels, torch.as_tensor(b_k), stride, padding=kernels.shape[-1] // 2)
    return sums.relu().reshape(B, T, -1).numpy()
    ### END SOLUTION


# %% try="cnn_encoder"
# The example by hand: expect [[[18.  0. 40.  1.]]]
cnn_encoder(np.array([[[[1.0, 2.0], [3.0, 4.0]]]]), np.array([[[0.0, 0, 0], [0, 1, 10], [0, 0, 0]]]), np.array([-3.0]), 1)

# %% check="cnn_encoder" points=6
check(cnn_encoder)

# %% [markdown]
# ## 4. One vector in, a sequence out
#
# To describe an image, an encoder makes one vector of it, and this is the state $h_0$ from which a recurrent network writes.
# Its first input is a start token. After that each input is the token that it has just chosen, $k_t$, the one with the highest score:
#
# $$h_t = \text{step}(x_t, h_{t-1}), \qquad y_t = h_t W_{hy} + b_y, \qquad k_t = \arg\max_j\, y_{t,j}, \qquad x_{t+1} = \text{embedding}_{k_t}$$
#
# *Example by hand* (`B` = `E` = `H` = 1, `V` = 2): `step` returns $x_t + h_{t-1}$, the embeddings of the tokens 0 and 1 are 1 and −3,
# `W_hy` = [[−1, 1]], `b_y` = 0, $h_0$ = 0.5, and the start token is 0.
# The first state is 1 + 0.5 = 1.5, with the scores −1.5 and 1.5: token 1. The next one is −3 + 1.5 = −1.5: token 0. Then −0.5: token 0, and 0.5: token 1.


# %% exercise="one_to_many"
def one_to_many(h_0, start, T, embedding, step, W_hy, b_y):
    """A sequence of T tokens from one vector, each token fed back as the next input.

    h_0: (B, H), a vector for each sequence; start: the number of the start token, an integer
    embedding: (V, E), a vector for each token; step: a function step(x_t, h_prev) -> h_t, with x_t (B, E), h_prev and h_t (B, H)
    W_hy: (H, V), b_y: (V,) parameters of the readout
    Returns scores: (B, T, V), y_1 ... y_T, and tokens: (B, T) integers, the token with the highest score in each step.
    """
    ### BEGIN SOLUTION
    h, k, scores = h_0, np.full(len(h_0), start), []
    for _ in range(T):
        h = step(embedding[k], h)
        scores.append(h @ W_hy + b_y)
        k = scores[-1].argmax(axis=1)  # (B,)
    scores = np.stack(scores, axis=1)
    return scores, scores.argmax(axis=2)
    ### END SOLUTION


# %% try="one_to_many"
# The example by hand: expect the tokens [1 0 0 1]
scores, tokens = one_to_many(
    np.array([[0.5]]),
    0,
    4,
    np.array([[1.0], [-3.0]]),
    lambda x_t, h_prev: x_t + h_prev,
    np.array([[-1.0, 1.0]]),
    np.zeros(2),
)
tokens[0]

# %% check="one_to_many" points=6
check(one_to_many)

# %% [markdown]
# ## 5. A deeper readout
#
# One linear layer on a state can only weigh its units. A readout of several layers with a ReLU *between* them can do more.
# The last layer gives scores, which may be any numbers:
#
# $$a^{(0)}_t = h_t, \qquad a^{(m)}_t = \max\big(0,\; a^{(m-1)}_t W^{(m)} + b^{(m)}\big) \text{ for } m < M, \qquad y_t = a^{(M-1)}_t W^{(M)} + b^{(M)}$$
#
# *Example by hand* (`M` = 2): the state is 2; the first layer has $W$ = [[1, −1]] and $b$ = [0, 1], the second $W$ with the rows 3 and 5, and $b$ = −10.
# The first layer gives 2 and −1, after the ReLU 2 and 0. The second gives 6 + 0 − 10 = −4.


# %% exercise="deep_readout"
def deep_readout(h, layers):
    """Scores at every step, from a readout of several layers.

    h: (B, T, H) states
    layers: a list of M pairs (W, b), with W (inputs, outputs) and b (outputs,); M can be 1
    Returns y: (B, T, C) scores, for a last layer of C outputs.
    """
    ### BEGIN SOLUTION
    for W, b in layers[:-1]:
        h = np.maximum(h @ W + b, 0)
    W, b = layers[-1]
    return h @ W + b
    ### END SOLUTION


# %% try="deep_readout"
# The example by hand: expect [[[-4.]]]
deep_readout(
    np.array([[[2.0]]]), [(np.array([[1.0, -1.0]]), np.array([0.0, 1.0])), (np.array([[3.0], [5.0]]), np.array([-10.0]))]
)

# %% check="deep_readout" points=4
check(deep_readout)

# %% [markdown]
# ## 6. Reading strips of digits
#
# `data.digits()` holds 1,797 handwritten digits of 8 × 8 points. Several of them side by side, with gaps between them and noise on everything, make a strip.
# Your network has to say for every column of a strip which digit it belongs to, or that it is a gap.
# At each step it sees a frame of 8 rows and 3 columns, the column itself in the middle.
# Digits in the test strips never occur in the training strips. Nothing is graded here.

# %% real="strips"
images, labels = data.digits()
rng = np.random.default_rng(0)
shuffled = rng.permutation(len(images))


def strips(pool, count, most=5):
    """Frames (count, T, 8, 3), classes and places within a digit (count, T), lengths (count,).

    Class 0 is a gap, 1 to 10 are the digits; place -1 is a gap.
    """
    x = np.zeros((count, 8, 10 * most))
    classes, place = np.zeros((count, 10 * most), dtype=int), np.full((count, 10 * most), -1)
    lengths = np.zeros(count, dtype=int)
    for n in range(count):
        end = 0
        for k in rng.choice(pool, rng.integers(2, most + 1)):
            end += rng.integers(0, 3)
            columns = slice(end, end + 8)
            x[n, :, columns], classes[n, columns], place[n, columns] = images[k], labels[k] + 1, np.arange(8)
            end += 8
        lengths[n] = end
    x = np.pad(x + 0.2 * rng.normal(size=x.shape), ((0, 0), (0, 0), (1, 1)))
    frames = np.lib.stride_tricks.sliding_window_view(x, 3, axis=2)  # (count, 8, T, 3)
    return frames.swapaxes(1, 2).astype(np.float32), classes, place, lengths


train_frames, train_classes, _, train_lengths = strips(shuffled[:1200], 2000)
frames, classes, place, lengths = strips(shuffled[1200:], 300)
running = np.arange(frames.shape[1]) < lengths[:, np.newaxis]

n = lengths.argmax()  # a long one
figure, axes = plots.figure(7, 2.0)
edges = np.arange(lengths[n] + 1) + 0.5, np.arange(9)  # columns are counted from 1
axes.pcolormesh(*edges, -frames[n, : lengths[n], :, 1].T, cmap="gray", vmin=-1, vmax=0, rasterized=True)
axes.set(xlabel="column, counted from 1", yticks=[], ylim=(8, 0))
axes.set_aspect("equal")
answer = " ".join("-" if k == 0 else str(k - 1) for k in classes[n, : lengths[n]])
print("right for each column:", answer)
plots.show(
    figure,
    "A strip of handwritten digits, with noise.",
    f"Grey picture of eight rows. The digits of its columns are: {answer}.",
)

# %% [markdown]
# Torch trains the network, because its gradients come for free: a convolution, a GRU in one direction or in both, and a readout of two layers.
# Both networks have about the same number of weights.


# %% real="training"
class Reader(nn.Module):
    def __init__(self, units, both):
        super().__init__()
        self.convolution = nn.Conv2d(1, 6, 3, stride=2, padding=1)
        self.gru = nn.GRU(6 * 4 * 2, units, batch_first=True, bidirectional=both)
        self.hidden = nn.Linear(units * (2 if both else 1), 32)
        self.out = nn.Linear(32, 11)

    def forward(self, frames, lengths):
        B, T = frames.shape[:2]
        features = self.convolution(frames.reshape(B * T, 1, 8, 3)).relu().reshape(B, T, -1)
        packed = nn.utils.rnn.pack_padded_sequence(features, lengths, batch_first=True, enforce_sorted=False)
        h, _ = nn.utils.rnn.pad_packed_sequence(self.gru(packed)[0], batch_first=True, total_length=T)
        return self.out(self.hidden(h).relu())


def trained(units, both, iterations=250):
    torch.manual_seed(0)
    net = Reader(units, both)
    optimiser = torch.optim.Adam(net.parameters(), lr=5e-3)
    x, targets, lengths = (torch.tensor(a) for a in (train_frames, train_classes, train_lengths))
    for _ in range(iterations):
        rows = torch.randint(len(x), (32,))
        true_step = torch.arange(x.shape[1]) < lengths[rows, np.newaxis]
        loss = nn.functional.cross_entropy(net(x[rows], lengths[rows])[true_step], targets[rows][true_step])
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
    return net


one_way = trained(units=48, both=False)
print(f"{sum(p.numel() for p in one_way.parameters()):,} weights")

# %% real="training_both"
both_ways = trained(units=30, both=True)
print(f"{sum(p.numel() for p in both_ways.parameters()):,} weights")

# %% [markdown]
# Now your functions run with the weights that torch has found. The recurrent layer that you hand to them is torch's GRU, so that the answers must agree.


# %% real="reading"
def gru_layer(x, h_0, gru):
    """A one-directional GRU of torch as a layer for your functions."""
    with torch.no_grad():
        states, _ = gru(torch.tensor(x, dtype=torch.float32), torch.tensor(h_0[np.newaxis], dtype=torch.float32))
    return states.numpy()


def directions(gru):
    """A one-directional GRU for each direction of ``gru``."""
    parts = []
    for suffix in ["", "_reverse"][: 1 + gru.bidirectional]:
        part = nn.GRU(gru.input_size, gru.hidden_size, batch_first=True)
        names = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"]
        part.load_state_dict({name: getattr(gru, name + suffix) for name in names})
        parts.append(part)
    return parts


def read(net):
    """Scores for the test strips, by your functions."""
    kernels, b_k = (p.detach().numpy() for p in net.convolution.parameters())
    features = cnn_encoder(frames, kernels[:, 0], b_k, 2)
    parts = directions(net.gru)
    h_0 = np.zeros((len(parts), len(frames), net.gru.hidden_size))
    if net.gru.bidirectional:
        h, _ = bidirectional_forward(features, lengths, h_0, parts, gru_layer)
    else:
        h, _ = stacked_forward(features, h_0, parts, gru_layer)
    layers = [(part.weight.detach().numpy().T, part.bias.detach().numpy()) for part in (net.hidden, net.out)]
    return deep_readout(h, layers)


wrong = {}
for name, net in {"one direction": one_way, "both directions": both_ways}.items():
    scores = read(net)  # needs your cnn_encoder, bidirectional_forward, stacked_forward and deep_readout
    with torch.no_grad():
        theirs = net(torch.tensor(frames), torch.tensor(lengths)).numpy()
    wrong[name] = scores.argmax(axis=2) != classes
    print(
        f"{name}: {wrong[name][running].mean():.1%} of the columns wrong; largest difference to torch {np.abs(scores - theirs)[running].max():.1e}"
    )

# %% real="by_column"
by_column = {name: np.array([100 * w[place == p].mean() for p in range(8)]) for name, w in wrong.items()}
figure, axes = plots.figure()
plots.curves(axes, np.arange(1, 9), by_column)
axes.set(xlabel="column within its digit, counted from 1", ylabel="columns wrong (%)", ylim=(0, None))
one, both = by_column.values()
plots.show(
    figure,
    "Share of wrong columns, by their place within the digit.",
    f"Two lines over columns 1 to 8 of a digit. One direction: {one[0]:.0f} % wrong in the first column, {one[3]:.0f} % in the fourth, "
    f"{one[7]:.0f} % in the last. Both directions: {both[0]:.0f} %, {both[3]:.0f} % and {both[7]:.0f} %.",
)

# %% [markdown]
# ### From an image to a word
#
# The other way round: one image in, the letters of its name out. An encoder makes $h_0$ from the image; a GRU writes.

# %% real="captions"
NAMES = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
LETTERS = ". " + "".join(sorted(set("".join(NAMES))))  # token 0, ".", stops; token 1 starts
words = np.array([[LETTERS.index(c) for c in name.ljust(6, ".")] for name in NAMES])  # (10, 6)

torch.manual_seed(0)
encoder, embedding = nn.Linear(64, 32), nn.Embedding(len(LETTERS), 8)
cell, readout = nn.GRUCell(8, 32), nn.Linear(32, len(LETTERS))
optimiser = torch.optim.Adam([p for part in (encoder, embedding, cell, readout) for p in part.parameters()], lr=1e-2)
flat = torch.tensor(images.reshape(-1, 64), dtype=torch.float32)
for _ in range(200):
    rows = torch.tensor(rng.choice(shuffled[:1200], 100))
    targets = torch.tensor(words[labels[rows]])  # (100, 6)
    inputs = torch.cat([torch.ones_like(targets[:, :1]), targets[:, :-1]], dim=1)  # start token, then the true letters
    h, loss = torch.tanh(encoder(flat[rows])), 0.0
    for t in range(6):
        h = cell(embedding(inputs[:, t]), h)
        loss = loss + nn.functional.cross_entropy(readout(h), targets[:, t])
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()


def gru_step(x_t, h_prev):
    with torch.no_grad():
        return cell(torch.tensor(x_t), torch.tensor(h_prev)).numpy()


with torch.no_grad():
    h_0 = torch.tanh(encoder(flat[shuffled[1200:]])).numpy()
arrays = [p.detach().numpy() for p in (embedding.weight, readout.weight.T, readout.bias)]
_, tokens = one_to_many(h_0, 1, 6, arrays[0], gru_step, *arrays[1:])
written = ["".join(LETTERS[k] for k in row).split(".")[0] for row in tokens]
true = [NAMES[k] for k in labels[shuffled[1200:]]]
print("first ten images:", " ".join(f"{t}→{w}" for t, w in zip(true[:10], written[:10], strict=True)))
print(f"names without any mistake: {np.mean([t == w for t, w in zip(true, written, strict=True)]):.1%}")
print("words that are no name at all:", sorted(set(written) - set(NAMES)) or "none")

# %% [markdown]
# ## 7. In your own words
#
# Look at the figure with the two lines. Explain the shape of each, from what the two networks know when they answer at a column.
# Then imagine that the strip is still being written, and that an answer is wanted for every column as soon as it is there: which of the two networks can be used,
# and how could the other idea be had at the price of a delay of a few columns? Four to seven sentences.

# %% [markdown] written="both_directions" points=4
# ### BEGIN SOLUTION
# At the first column of a digit the network with one direction has seen the gap or the digit before and hardly anything of the
# digit that it is asked about; the first column is nearly always empty and looks like a gap, so it has to guess. With each further column up to the seventh it has seen more of the digit,
# and its error falls.
# The network with both directions has, at every column, also read everything to the right of it: at each column the whole digit is known,
# so that its error is low at the beginning as well and nearly the same everywhere (a little higher at both edges, where noise hides whether it is digit or gap).
# For a strip that is still being written, the backward layer would have to start at an end that does not exist yet,
# and each new column would change all its states; so only the one-directional network can be used. A compromise: answer for a column some columns later, that is,
# train the one-directional network on targets delayed by k columns (or run the backward layer over a window of the next k columns only); then it has
# seen k columns of what follows, at the price of answering k columns late.
#
# *Marking scheme* (4 points): 1 for the falling line (little of the digit seen at first, more with every column);
# 1 for the flat line (the backward states have read the columns to the right); 1 for the backward layer needing the end of the sequence, so that only one direction works there;
# 1 for a workable compromise (delayed targets, or a look ahead of limited length) with its price.
# ### END SOLUTION
