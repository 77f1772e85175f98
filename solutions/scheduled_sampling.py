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
# # Scheduled sampling: learning from what you will meet
#
# **Points**: 42 by the autograder, 8 for a written answer. **Time**: about 120 minutes.
#
# You will train a network on its own outputs, little by little, and measure what that does to a robot which has to know where it is.
# This assignment uses torch; it finds all gradients, and your work is to say what is fed, and which way no gradient may go.
#
# Afterwards you will be able to
#
# - let the share of true tokens fall by three schedules,
# - throw one coin for each token, and no more and no fewer,
# - run a network on a mixture of true tokens and its own, without letting a gradient through what is fed back,
# - measure the error of a network that is on its own, step by step, and draw an honest figure of it.
#
# After each task a locked line such as `check(mix_inputs)` tells you at once what is right and what your mistake looks like.
# It uses prepared examples; your work is graded with other ones.
# The tasks do not depend on each other: if one of them resists, go on with the next.
# Only the last part uses your functions together. Keep the names of functions and parameters.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `D` inputs per step, `H` hidden units, `V` tokens in the vocabulary.
# A token is a one-hot vector here, a row of `V` floating-point numbers, so a batch of tokens has the shape `(B, T, V)`.
# At each step a network is fed the token before, and gives `V` scores for the next one.

# %% setup=true
import math

import numpy as np
import torch
from torch import nn
from torch.nn.functional import one_hot

from unrolled import check, plots, ring

torch.set_num_threads(1)

# %% [markdown]
# ## 1. The share of true tokens falls: linearly
#
# In iteration $i = 0, 1, 2, \dots$ of training, a fed token is the true one with probability $p_i$, else the network's own.
# At the start $p_i$ should be large, later small. The simplest schedule is a straight line that ends on a floor:
#
# $$p_i = \max(\varepsilon,\; k - c\,i)$$
#
# *Example by hand*: $k$ = 0.9, $c$ = 0.1, $\varepsilon$ = 0.2. Then $p_0$ = 0.9, $p_4$ = 0.5 and $p_{20}$ = 0.2, the floor.

# %% exercise="linear_decay"
def linear_decay(i, k, c, eps):
    """The share of true tokens in iteration i: a line with a floor (Bengio et al., 2015).

    i: the iteration, counted from 0; k: the share at the start, 0 < k <= 1
    c: how much it falls with each iteration, c > 0; eps: the least share, 0 <= eps < k
    Returns p_i, a number.
    """
    ### BEGIN SOLUTION
    return max(eps, k - c * i)
    ### END SOLUTION


# %% try="linear_decay"
# The example by hand: expect [0.9, 0.5, 0.2], up to rounding
[linear_decay(i, 0.9, 0.1, 0.2) for i in (0, 4, 20)]

# %% check="linear_decay" points=3
check(linear_decay)

# %% [markdown]
# ## 2. Or exponentially
#
# $$p_i = k^{\,i}, \qquad 0 < k < 1$$
#
# *Example by hand*: $k$ = 0.5 gives 1, 0.5, 0.25, 0.125, …

# %% exercise="exponential_decay"
def exponential_decay(i, k):
    """The share of true tokens in iteration i: each time the same factor (Bengio et al., 2015).

    i: the iteration, counted from 0; k: the factor, 0 < k < 1
    Returns p_i, a number.
    """
    ### BEGIN SOLUTION
    return k**i
    ### END SOLUTION


# %% try="exponential_decay"
# The example by hand: expect [1.0, 0.5, 0.25, 0.125]
[exponential_decay(i, 0.5) for i in range(4)]

# %% check="exponential_decay" points=3
check(exponential_decay)

# %% [markdown]
# ## 3. Or slowly at first
#
# $$p_i = \frac{k}{k + e^{\,i/k}}, \qquad k \ge 1$$
#
# This one stays near its start for a while, then falls, then fades out: a sigmoid turned round.
# Training takes many iterations, and $e^{\,i/k}$ soon is larger than any number that Python can hold. The share is close to 0 there, and
# that is what must come back: no error, and no "not a number".
#
# *Example by hand*: $k$ = 1 and $i$ = 0 gives 1/2. With $k$ = 2 and $i = 2 \ln 2$ (the formula does not mind) $e^{\,i/k}$ = 2, and again $p$ = 1/2.

# %% exercise="inverse_sigmoid_decay"
def inverse_sigmoid_decay(i, k):
    """The share of true tokens in iteration i: a falling sigmoid (Bengio et al., 2015).

    i: the iteration, from 0 to any size; k: k >= 1, larger is slower
    Returns p_i, a number; where exp(i / k) would overflow too.
    """
    ### BEGIN SOLUTION
    fading = k * math.exp(-i / k)  # numerator and denominator times exp(-i / k): at most k, never too large
    return fading / (fading + 1)
    ### END SOLUTION


# %% try="inverse_sigmoid_decay"
# The examples by hand: expect 0.5, 0.5 up to rounding, and for a very late iteration 0.0
inverse_sigmoid_decay(0, 1.0), inverse_sigmoid_decay(2 * math.log(2), 2.0), inverse_sigmoid_decay(10**6, 2.0)

# %% check="inverse_sigmoid_decay" points=4
check(inverse_sigmoid_decay)

# %% [markdown]
# ## 4. A coin for each token
#
# Given the true tokens and the network's own, choose **for each token on its own**, that is, for each sequence and each step:
# with probability $p$ the true one, else the network's own. The `V` numbers of a token always stay together.
#
# Use `torch.rand(shape, generator=generator)` for the coins: numbers from 0 to 1, with 0 among them and 1 not.
# So whoever hands over the generator can repeat an experiment. With $p$ = 1 all tokens are the true ones, with $p$ = 0 none is, not even by the rarest of chances.
# Your function must also work at a single step, where tokens have the shape `(B, V)`.
#
# *Example by hand*: two sequences, two steps, $p$ = 0.5, and the coins come out as 0.1, 0.7 for the first sequence and 0.9, 0.4 for the second.
# Then the first sequence has its true token at its first step only, and the second at its second step only.

# %% exercise="mix_inputs"
def mix_inputs(y_true, y_own, p, generator):
    """Each token the true one with probability p, else the network's own: a coin for each token.

    y_true, y_own: (B, T, V) or (B, V) tensors of any numbers, true tokens and the network's own; unchanged afterwards
    p: from 0 to 1; generator: a torch.Generator, from which the coins are drawn
    Returns the mixed tokens, of the same shape.
    """
    ### BEGIN SOLUTION
    coins = torch.rand(y_true.shape[:-1], generator=generator)  # one for each token
    return torch.where((coins < p)[..., None], y_true, y_own)
    ### END SOLUTION


# %% try="mix_inputs"
# True tokens are ones here, own ones are zeros. Expect about 30 % ones, and rows and columns that all look different.
mixed = mix_inputs(torch.ones(8, 12, 1), torch.zeros(8, 12, 1), 0.3, torch.Generator().manual_seed(0))
print(mixed[..., 0].int())

# %% check="mix_inputs" points=8
check(mix_inputs)

# %% [markdown]
# ## 5. The rollout
#
# Now run a network on such a mixture. At the first step it is fed the given token $y_0$. Then, for $t = 1, 2, \dots$,
#
# $$\text{scores}_t, \; h_t = \text{step}(u_t,\, x_t,\, h_{t-1}), \qquad u_{t+1} = \text{mix}(\text{target}_t,\; \text{choose}(\text{scores}_t))$$
#
# where $u_t$ is what is fed at step $t$. Three functions are handed over:
#
# - `step` is the network,
# - `choose` makes a token from scores. What the network gives out are scores, and scores are no token: what it is fed must look like one.
#   (Later `choose` takes the best token; for text it would draw one.)
# - `mix` is your `mix_inputs` with $p$ and the generator filled in, and works on tokens `(B, V)`.
#
# **No gradient may go through what is fed back.** What was chosen counts as data, like a true token. Some functions `choose` would let
# a gradient through, so see to it that none gets there. Gradients through the *states* must stay as they are.
#
# With a mix that always takes its first argument this is teacher forcing; with one that always takes its second, the network runs freely.
#
# *Example by hand*: `B` = `V` = `D` = `H` = 1. Let `step` return the scores $u_t + x_t$ and the state it got, `choose` double them, and `mix` always take the
# network's own. With $y_0$ = 1 and the inputs 0, 1, 0, the network is fed 1, then 2 · (1 + 0) = 2, then 2 · (2 + 1) = 6. The scores are 1, 3, 6.

# %% exercise="scheduled_rollout"
def scheduled_rollout(x, y_0, targets, h_0, step, choose, mix):
    """Run a network that is fed a mixture of true tokens and its own (Bengio et al., 2015).

    x: (B, T, D) inputs; y_0: (B, V) token for the first step; targets: (B, T, V) the true token of each step
    h_0: (B, H) state before the first step
    step: a function step(u_t, x_t, h_prev) -> scores_t, h_t, with u_t (B, V), x_t (B, D), h_prev and h_t (B, H), scores_t (B, V)
    choose: a function choose(scores_t) -> the network's own tokens (B, V)
    mix: a function mix(y_true, y_own) -> mixed tokens, all (B, V)
    Returns scores: (B, T, V), and fed: (B, T, V), the u_t that each step was fed. No gradient goes through fed.
    """
    ### BEGIN SOLUTION
    scores, fed, h = [], [y_0], h_0
    for t in range(x.shape[1]):
        scores_t, h = step(fed[t], x[:, t], h)
        scores.append(scores_t)
        own = choose(scores_t).detach()  # data from here on
        fed.append(mix(targets[:, t], own))
    return torch.stack(scores, dim=1), torch.stack(fed[:-1], dim=1)
    ### END SOLUTION


# %% try="scheduled_rollout"
# The example by hand: expect the scores 1, 3, 6 and the fed tokens 1, 2, 6
scores, fed = scheduled_rollout(
    x=torch.tensor([[[0.0], [1.0], [0.0]]]),
    y_0=torch.ones(1, 1),
    targets=torch.zeros(1, 3, 1),
    h_0=torch.zeros(1, 1),
    step=lambda u_t, x_t, h_prev: (u_t + x_t, h_prev),
    choose=lambda scores_t: 2 * scores_t,
    mix=lambda y_true, y_own: y_own,
)
scores.flatten(), fed.flatten()

# %% check="scheduled_rollout" points=12
check(scheduled_rollout)

# %% [markdown]
# ## 6. One step of training
#
# Whatever a network was fed, it must learn what is **true**: the loss compares its scores with the targets, never with the tokens that it was fed.
#
# $$L = -\frac{1}{B\,T} \sum_{n,t} \ln \operatorname{softmax}(\text{scores}_{n,t})_{k_{n,t}}, \quad \text{where } k_{n,t} \text{ is the target's token}$$
#
# A step of training is: run (once, since the coins of a second run would fall differently), loss, forget old gradients, new gradients, move the parameters.
# The rollout is handed over, as a function of $p$ too;
# `optimiser` has the methods `zero_grad()` and `step()`, like every optimiser of torch. Gradients from before the call may still lie in the parameters.
#
# *Example by hand*: if all scores are 0 and $V$ = 4, each token has the probability 1/4, and $L = \ln 4 \approx 1.386$.

# %% exercise="train_step"
def train_step(x, y_0, targets, p, rollout, optimiser):
    """One step of training on one batch.

    x: (B, T, D) inputs; y_0: (B, V) first tokens; targets: (B, T, V) true tokens, one-hot floating-point numbers
    p: the share of true tokens to feed
    rollout: a function rollout(x, y_0, targets, p) -> scores (B, T, V), fed (B, T, V)
    optimiser: of the network's parameters, in which gradients from before may be left
    Returns the loss before the step: mean cross-entropy of a token in nats, a number.
    """
    ### BEGIN SOLUTION
    scores, _ = rollout(x, y_0, targets, p)
    loss = -(targets * torch.log_softmax(scores, dim=-1)).sum(dim=-1).mean()
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    return loss.item()
    ### END SOLUTION


# %% try="train_step"
# The example by hand: expect 1.386, then a little less, because the bias has moved towards the targets
bias = torch.zeros(4, requires_grad=True)
first, true = one_hot(torch.tensor([0]), 4).float(), one_hot(torch.tensor([[2, 2]]), 4).float()
for _ in range(2):
    loss = train_step(
        torch.zeros(1, 2, 1),
        first,
        true,
        0.5,
        lambda x, y_0, targets, p: (bias.expand(1, 2, 4), targets),
        torch.optim.SGD([bias], lr=0.1),
    )
    print(f"{loss:.3f}")

# %% check="train_step" points=7
check(train_step)

# %% [markdown]
# ## 7. The error, step by step
#
# How good is a network on its own? Run it freely, take the best token at each step, and count at each step the share of
# sequences in which it is not the true one.
#
# *Example by hand*: four sequences of two steps. At the first step one of them is wrong, at the second three: the errors are 0.25 and 0.75.

# %% exercise="rollout_error"
def rollout_error(x, y_0, targets, rollout):
    """Share of wrong tokens at each step, when the network is fed nothing but its own tokens.

    x: (B, T, D) inputs; y_0: (B, V) first tokens; targets: (B, T, V) true tokens, one-hot
    rollout: a function rollout(x, y_0, targets, p) -> scores (B, T, V), fed (B, T, V), where p is the share of true tokens fed
    Returns errors: (T,), each from 0 to 1, a tensor or an array.
    """
    ### BEGIN SOLUTION
    scores, _ = rollout(x, y_0, targets, 0.0)
    wrong = scores.argmax(dim=-1) != targets.argmax(dim=-1)  # (B, T)
    return wrong.double().mean(dim=0)
    ### END SOLUTION


# %% try="rollout_error"
# The example by hand: expect 0.25 and 0.75
first, true = one_hot(torch.tensor([0, 0, 0, 0]), 2).float(), one_hot(torch.zeros(4, 2, dtype=torch.int64), 2).float()
best = one_hot(torch.tensor([[0, 0], [1, 1], [0, 1], [0, 1]]), 2).float()
rollout_error(torch.zeros(4, 2, 1), first, true, lambda x, y_0, targets, p: (best, targets))

# %% check="rollout_error" points=5
check(rollout_error)

# %% [markdown]
# ## 8. A robot on a ring
#
# A robot moves on a ring of 12 cells. At each step it is told to go left, to stay or to go right.
# Every fifth time or so it slips: its move then is drawn from the three, whatever it was told, so that about 13 % of all moves are other ones than told.
# It sees one noisy landmark reading for each cell. The cell where it starts is known, and at each step a network has to say in which cell it is.
# Like any network that gives out one token after the other, it is fed the cell before: in training the true one.
# Nothing is graded here by the machine; your own figure is marked by hand.

# %% real="world"
class Robot(nn.Module):
    """A GRU that is fed the cell before, the move and the landmarks."""

    def __init__(self, H=40):
        super().__init__()
        self.cell = nn.GRUCell(2 * ring.CELLS + 3, H)
        self.readout = nn.Linear(H, ring.CELLS)
        self.generator = torch.Generator().manual_seed(0)

    def step(self, u_t, x_t, h_prev):
        h = self.cell(torch.cat([u_t, x_t], dim=1), h_prev)
        return self.readout(h), h

    def rollout(self, x, y_0, targets, p):
        h_0 = torch.zeros(len(x), self.cell.hidden_size)

        def mix(y_true, y_own):
            return mix_inputs(y_true, y_own, p, self.generator)

        return scheduled_rollout(x, y_0, targets, h_0, self.step, best_token, mix)


def best_token(scores):
    return one_hot(scores.argmax(dim=-1), ring.CELLS).float()


def tensors(walks):
    """x, y_0 and targets of some walks."""
    cells = np.eye(ring.CELLS)  # a row for each cell
    return [torch.tensor(a, dtype=torch.float32) for a in (walks.x, cells[walks.start], cells[walks.cells])]


x, y_0, targets = tensors(ring.walks(B=2, T=5, rng=np.random.default_rng(0)))
print("inputs", tuple(x.shape), "first cell", tuple(y_0.shape), "targets", tuple(targets.shape))

# %% [markdown]
# The three schedules, for a training of 250 iterations. Each has fallen to one half within the first half of training.

# %% real="schedules"
ITERATIONS = 250
SCHEDULES = {
    "teacher forcing": lambda i: 1.0,
    "linear": lambda i: linear_decay(i, 1.0, 1 / 200, 0.0),
    "exponential": lambda i: exponential_decay(i, 0.98),
    "inverse sigmoid": lambda i: inverse_sigmoid_decay(i, 30.0),
}
iterations = np.arange(ITERATIONS)
figure, axes = plots.figure()
plots.curves(axes, iterations, {name: np.array([p(i) for i in iterations]) for name, p in SCHEDULES.items()})
axes.set(xlabel="iteration i", ylabel="share of true tokens p", ylim=(-0.03, 1.05))
plots.show(
    figure,
    "The share of true tokens in each iteration, for teacher forcing and three schedules.",
    "Four curves over 250 iterations: teacher forcing stays at 1; linear reaches 0 at 200; exponential falls at once; inverse sigmoid stays high, then falls.",
)

# %% [markdown]
# Training, and the errors of the network on its own on 500 new walks, `test_walks`, five times as long as those it was trained on.
# One training takes about three seconds.

# %% real="training"
test_walks = ring.walks(B=500, T=100, rng=np.random.default_rng(99))


def errors_of(schedule, seed):
    """(100,) errors on test_walks, of a network trained by ``schedule`` on walks of 20 steps."""
    torch.manual_seed(seed)
    rng, robot = np.random.default_rng(seed), Robot()
    optimiser = torch.optim.Adam(robot.parameters(), lr=5e-3)
    for i in range(ITERATIONS):
        train_step(*tensors(ring.walks(B=32, T=20, rng=rng)), SCHEDULES[schedule](i), robot.rollout, optimiser)
    with torch.no_grad():
        return np.asarray(rollout_error(*tensors(test_walks), robot.rollout))


for schedule in ("teacher forcing", "linear"):
    errors = errors_of(schedule, seed=0)
    print(f"{schedule}: {errors[:5].mean():.2f} wrong in steps 1 to 5, {errors[-20:].mean():.2f} in steps 81 to 100")

# %% [markdown]
# ## 9. Your own figure
#
# Compare teacher forcing with one or more of the schedules on the ring, in **one figure of your own**. Draw it in the next cell; you may add cells.
# 4 of the 8 points below are for this figure, the other 4 for what you say about it. A figure on which a reader can rely
#
# - shows the error of the free-running network against the step, for every way of training that you compare,
# - shows more than one seed for each (three at least), with their mean and their spread,
# - shows a baseline or a floor, so that a reader knows what is good: `ring.best_guesses(test_walks)` gives the best guess of each cell, `(500, 100)`,
#   that can be made from what was seen, to be compared with the true ones, `test_walks.cells`,
# - has names and units at its axes, a caption, a text alternative, and curves that can be told apart without colour: `plots.curves(axes, x, series, spread)` does the last.
#
# Keep each cell below 20 seconds, or the grader will stop it: three seeds of one way of training take about ten, so compute and store the errors of each way in a cell of its own.

# %% real="own_figure"
# Draw your figure here.

# %% [markdown]
# ## 10. In your own words
#
# Say in four to eight sentences what your figure shows, the early steps and the late ones. Explain why the network that was trained on true cells does what it does
# when it runs on its own, and what the other one must have learnt instead. Name one kind of task
# in which you would *not* train this way, and say why. If your figure does not show what you expected, say so: that costs nothing.

# %% [markdown] written="own_figure" points=8
# ### BEGIN SOLUTION
# My figure has the errors of five networks each, trained with teacher forcing and with linear decay, on 500 walks of 100 steps: mean as a line, standard deviation
# as a band, and the error of the best possible guess as a third line.
#
# With teacher forcing the first steps are as good as with linear decay or better, then the error rises over about twenty steps and stays high for the rest of the walk. With linear
# decay it is nearly the same at all steps, above the floor, and the bands of the seeds do not overlap in the late steps. In training the cell before was always right, so the
# first network learnt to lean on it: cell before plus move is a good guess if the cell before is right. On its own it leans on its own mistakes,
# which are inputs that it has never seen in training; one slip that it overlooks and all later cells are shifted. The other network met wrong cells in training
# and had to learn to trust the landmarks more and the cell before less; that makes it a little worse where the cell before can be trusted, at the beginning.
# I would not train this way where many continuations are right, such as free text: there the target of the true sentence says nothing about what should follow the network's own
# token, and the network is taught to ignore what came before.
#
# *Marking scheme* (8 points). The figure, 4 points: 1 for errors of free-running networks against the step, of teacher forcing and one schedule at least, with named axes; 1 for three or more
# seeds with mean and spread; 1 for a floor or baseline; 1 for caption, text alternative and curves told apart without colour.
# The text, 4 points: 1 for what is seen early and late, agreeing with the figure, whatever it shows; 1 for teacher forcing never having met wrong cells and leaning on them;
# 1 for the other having learnt to rely on the landmarks (or on less of what is fed back); 1 for a task with many right continuations, with the reason that
# the target then does not belong to what was fed.
# ### END SOLUTION
