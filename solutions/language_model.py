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
# # A language model that writes
#
# **Points**: 45 by the autograder, 4 for a written answer. **Time**: about 150 minutes.
#
# You will build everything around a recurrent network that makes it a language model:
# the vocabulary, the pairs of input and target, the draw of a token, the loop that writes, the measure of how good it is, and the training.
# Then a network memorises three sentences, and another one invents first names.
#
# Afterwards you will be able to
#
# - turn text into numbers, with tokens for the start, for the stop and for what is unknown,
# - make inputs and targets that differ by one step,
# - draw tokens from a distribution, sharper or flatter by a temperature,
# - write text step by step, each token drawn being the next input,
# - measure a language model by its perplexity.
#
# After each task a locked line such as `check(generate)` tells you at once what is right and what your mistake looks like.
# It uses prepared examples; your work is graded with other ones.
# The tasks do not depend on each other: if one of them resists, go on with the next.
# Only the last part uses your functions together. Keep the names of functions and parameters.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `V` entries of the vocabulary, `H` hidden units. Batch first.
#
# A *token* is a word or a character: one thing that the model writes in one step. Inside the computer it is its number in the vocabulary.

# %% setup=true
import numpy as np

from unrolled import check, data, plots

START, STOP, UNKNOWN = "<start>", "<stop>", "<unknown>"

# %% [markdown]
# ## 1. The vocabulary
#
# A network can only say what is on its list.
# The list begins with three tokens that occur in no text: `START`, `STOP` and `UNKNOWN`, as they stand in the cell above, in this order.
# Behind them comes, once, every token that occurs at least `least` times in all texts together, sorted as Python's `sorted` does it.
# Rare ones are left out, and will be read as `UNKNOWN`.
#
# A text is a list of words, or a string, which is a row of characters: a `for` loop goes through both alike.
#
# *Example by hand*: the texts are `["b", "a"]` and `["b", "c"]`, and `least` is 2. Only `b` occurs twice, so it gets number 3, behind the three others.

# %% exercise="build_vocabulary"
def build_vocabulary(texts, least):
    """The tokens that a model knows, and the number of each.

    texts: a list of texts, each a list of tokens or a string
    least: an integer; tokens that occur less often in all texts together are left out
    Returns tokens: a list of strings, START, STOP, UNKNOWN and then the others, sorted;
    and index: a dictionary from each token to its place in that list, counted from 0.
    """
    ### BEGIN SOLUTION
    counts = {}
    for text in texts:
        for token in text:
            counts[token] = counts.get(token, 0) + 1
    tokens = [START, STOP, UNKNOWN, *sorted(token for token, count in counts.items() if count >= least)]
    return tokens, {token: number for number, token in enumerate(tokens)}
    ### END SOLUTION


# %% try="build_vocabulary"
# The example by hand: expect (['<start>', '<stop>', '<unknown>', 'b'], {'<start>': 0, '<stop>': 1, '<unknown>': 2, 'b': 3})
build_vocabulary([["b", "a"], ["b", "c"]], least=2)

# %% check="build_vocabulary" points=4
check(build_vocabulary)

# %% [markdown]
# ## 2. From tokens to numbers
#
# *Example by hand*: `index` is `{"a": 4, "b": 7}`, and 2 stands for what is unknown. Then `["b", "x", "a"]` becomes 7, 2, 4.

# %% exercise="encode"
def encode(text, index, unknown):
    """The numbers of a text's tokens; nothing is added, nothing is dropped.

    text: a list of tokens, or a string; index: a dictionary from each known token to its number
    unknown: the number that stands for every token that is not in the index
    Returns numbers: (T,) integers.
    """
    ### BEGIN SOLUTION
    return np.array([index.get(token, unknown) for token in text], dtype=int)
    ### END SOLUTION


# %% try="encode"
# The example by hand: expect array([7, 2, 4])
encode(["b", "x", "a"], {"a": 4, "b": 7}, unknown=2)

# %% check="encode" points=3
check(encode)

# %% [markdown]
# ## 3. Today's target is tomorrow's input
#
# At every step the model reads a token and has to say the next one.
# Before the first word it reads the start token; after the last word it has to say the stop token.
# A sentence of $n$ words makes $n + 1$ such pairs:
#
# $$\text{inputs: } \text{start}, w_1, \dots, w_n \qquad\qquad \text{targets: } w_1, \dots, w_n, \text{stop}$$
#
# All sentences of a batch go into one array. Short ones are filled up behind their end with the number of the stop token, the inputs and the targets alike,
# and the number of true pairs is returned beside them.
#
# *Example by hand*: the sentences 5, 6 and 7, with 0 for the start and 1 for the stop. The inputs are 0, 5, 6 and 0, 7, 1, where the last 1 is filling;
# the targets are 5, 6, 1 and 7, 1, 1; the lengths are 3 and 2.

# %% exercise="shift_targets"
def shift_targets(sentences, start, stop):
    """Inputs and targets of a language model, for a batch of sentences.

    sentences: a list of B integer arrays of shape (n,), tokens without start and stop; n may be 0
    start, stop: the numbers of these two tokens
    Returns inputs: (B, T) and targets: (B, T), where T is one more than the longest n, filled up with stop;
    and lengths: (B,), the number of true pairs of each sentence.
    """
    ### BEGIN SOLUTION
    lengths = np.array([len(sentence) + 1 for sentence in sentences])
    inputs = np.full((len(sentences), lengths.max()), stop)
    targets = inputs.copy()
    for row, sentence in enumerate(sentences):
        inputs[row, 0] = start
        inputs[row, 1 : lengths[row]] = sentence
        targets[row, : lengths[row] - 1] = sentence
    return inputs, targets, lengths
    ### END SOLUTION


# %% try="shift_targets"
# The example by hand: expect inputs [[0, 5, 6], [0, 7, 1]], targets [[5, 6, 1], [7, 1, 1]], lengths [3, 2]
shift_targets([np.array([5, 6]), np.array([7])], start=0, stop=1)

# %% check="shift_targets" points=6
check(shift_targets)

# %% [markdown]
# ## 4. Temperature
#
# The network gives a score $y_k$ to each token $k$ of the vocabulary. With a temperature $\theta > 0$ the scores become probabilities:
#
# $$p_k = \frac{e^{\,y_k / \theta}}{\sum_j e^{\,y_j / \theta}}$$
#
# With $\theta = 1$ this is the softmax. A low temperature prefers the best token more and more; a high one makes all alike.
# Low temperatures make large numbers, so take care that nothing overflows: adding one number to all the scores of a row changes no probability.
#
# *Example by hand*: scores 0 and $\ln 3$. With $\theta = 1$ the probabilities are 1/4 and 3/4. With $\theta = 1/2$ the second weighs $3^2 = 9$ times as much as the first: 1/10 and 9/10.

# %% exercise="token_probabilities"
def token_probabilities(scores, temperature):
    """Probabilities of all tokens at a temperature, for scores of any size.

    scores: (B, V) real numbers; temperature: a positive number
    Returns p: (B, V), each row positive or zero with the sum 1.
    """
    ### BEGIN SOLUTION
    exps = np.exp((scores - scores.max(axis=1, keepdims=True)) / temperature)
    return exps / exps.sum(axis=1, keepdims=True)
    ### END SOLUTION


# %% try="token_probabilities"
# The example by hand: expect [[0.25 0.75]] and [[0.1 0.9]]
token_probabilities(np.log([[1.0, 3.0]]), 1.0), token_probabilities(np.log([[1.0, 3.0]]), 0.5)

# %% check="token_probabilities" points=5
check(token_probabilities)

# %% [markdown]
# ## 5. Draw a token
#
# To write, draw token $k$ with probability $p_k$: not always the best one. Every row of the batch gets a draw of its own.
#
# One way: $u$ is uniform between 0 and 1, and the token is the first one at which the sum $p_0 + p_1 + \dots + p_k$ is larger than $u$.
# Any other way is as good, since the check counts how often each token comes: it draws 600 times and allows a frequency to be off by 0.18,
# so that a right function misses it less than once in a million times.
# Take all chance from the generator `rng` that is handed over (such as `rng.random(size)`), so that whoever hands over the same one gets the same tokens.
#
# *Example by hand*: with the probabilities 0.2, 0.5, 0.3 and $u = 0.6$ the sums are 0.2, 0.7, 1.0, and the token is 1.

# %% exercise="sample_token"
def sample_token(p, rng):
    """One token for each row, drawn from the row's probabilities.

    p: (B, V) probabilities, rows of sum 1; rng: a numpy.random.Generator
    Returns tokens: (B,) integers from 0 to V - 1.
    """
    ### BEGIN SOLUTION
    u = rng.random((len(p), 1))
    return (p.cumsum(axis=1)[:, :-1] <= u).sum(axis=1)
    ### END SOLUTION


# %% try="sample_token"
# Expect about [200. 500. 300.]: how often each of three tokens comes in 1,000 draws
np.bincount(sample_token(np.tile([0.2, 0.5, 0.3], (1000, 1)), np.random.default_rng(0)), minlength=3)

# %% check="sample_token" points=6
check(sample_token)

# %% [markdown]
# ## 6. Every step on its own
#
# Suppose that a network gives, for every step, a distribution over the tokens, without ever being told which tokens were drawn.
# Then each step is sampled on its own. A sentence ends at its first stop token; whatever is drawn behind it does not count.
#
# How to draw is handed in: `sample` takes the scores of one step, for all sequences, and gives a token for each.
#
# *Example by hand*: let 1 be the stop, and let `sample` give 5, 4, 1, 6 for the four steps of a sequence. The tokens are 5, 4, 1, 1, and the length is 2.

# %% exercise="sample_independently"
def sample_independently(scores, stop, sample):
    """One token for each step, each from its own step's scores.

    scores: (B, T, V) real numbers; stop: the number of the stop token
    sample: a function from the scores of one step, (B, V), to tokens, (B,)
    Returns tokens: (B, T) integers, stop from the first stop on;
    and lengths: (B,), how many tokens stand before the first stop, T if there is none.
    """
    ### BEGIN SOLUTION
    tokens = np.stack([sample(scores[:, t]) for t in range(scores.shape[1])], axis=1)
    ended = (tokens == stop).cumsum(axis=1) > 0
    return np.where(ended, stop, tokens), (~ended).sum(axis=1)
    ### END SOLUTION


# %% try="sample_independently"
# With the best token as the "draw": expect tokens [[5, 4, 1, 1]] and lengths [2]
sample_independently(np.eye(7)[[[5, 4, 1, 6]]], stop=1, sample=lambda scores: scores.argmax(axis=1))

# %% check="sample_independently" points=5
check(sample_independently)

# %% [markdown]
# ## 7. The token that was drawn is the next input
#
# Now close the loop. The first input of every sequence is the start token.
# In each step the network reads the token, gives scores and a new state; a token is drawn from the scores; it is written down, and it is the next input.
# A sequence that has drawn the stop token has ended. The others go on, `most` steps in all.
#
# *Example by hand*: let the network's scores make `sample` say, whatever the state is, the number one above the last token; start 0, stop 3, `most` 5. The tokens are 1, 2, 3, 3, 3, and the length is 2.

# %% exercise="generate"
def generate(step, h_0, start, stop, most, sample):
    """Write a batch of sequences, each token drawn being the next input.

    step: a function step(tokens, h) -> scores, h_next, with tokens (B,), h and h_next (B, H), scores (B, V)
    h_0: (B, H) state before the first step; start, stop: the numbers of these two tokens
    most: how many steps there are; sample: a function from scores (B, V) to tokens (B,)
    Returns tokens: (B, most) integers, without the start token, stop from the first stop on;
    and lengths: (B,), how many tokens stand before the first stop, most if there is none.
    """
    ### BEGIN SOLUTION
    token, h, written = np.full(len(h_0), start), h_0, []
    ended = np.zeros(len(h_0), dtype=bool)
    for _ in range(most):
        scores, h = step(token, h)
        token = np.where(ended, stop, sample(scores))
        ended = token == stop
        written.append(token)
    tokens = np.stack(written, axis=1)
    return tokens, (tokens != stop).sum(axis=1)
    ### END SOLUTION


# %% try="generate"
# The example by hand: expect tokens [[1, 2, 3, 3, 3]] and lengths [2]
generate(lambda tokens, h: (np.eye(9)[tokens + 1], h), np.zeros((1, 1)), 0, 3, 5, sample=lambda scores: scores.argmax(axis=1))

# %% check="generate" points=6
check(generate)

# %% [markdown]
# ## 8. Perplexity
#
# How good is a language model? Ask what probability it gives to the tokens that really come, and take the mean of the logarithm over all $N$ true tokens of the batch, the stop tokens among them:
#
# $$\text{perplexity} = \exp\!\Big(-\frac{1}{N} \sum_{n} \sum_{t} \ln p_{n,t}[k_{n,t}]\Big), \qquad N = \sum_n T_n$$
#
# A perplexity of 5 means: as unsure as with a fair die of five sides. The scores may be of any size.
#
# *Example by hand*: two tokens to choose from and the scores 0 and 0 in every step. Every probability is 1/2, and the perplexity is 2, however many tokens there are.

# %% exercise="perplexity"
def perplexity(scores, targets, lengths):
    """Perplexity of a batch, over all true tokens.

    scores: (B, T, V) real numbers; targets: (B, T) integers from 0 to V - 1
    lengths: (B,) integers from 1 to T; what stands behind a sequence's end does not count
    Returns one number, at least 1.
    """
    ### BEGIN SOLUTION
    shifted = scores - scores.max(axis=2, keepdims=True)
    log_p = shifted - np.log(np.exp(shifted).sum(axis=2, keepdims=True))
    right = np.take_along_axis(log_p, targets[..., np.newaxis], axis=2)[..., 0]  # (B, T)
    true = np.arange(scores.shape[1]) < lengths[:, np.newaxis]
    return np.exp(-right[true].mean())
    ### END SOLUTION


# %% try="perplexity"
# The example by hand: expect 2.0
perplexity(np.zeros((1, 3, 2)), np.array([[0, 1, 1]]), np.array([3]))

# %% check="perplexity" points=6
check(perplexity)

# %% [markdown]
# ## 9. Train
#
# Gradient descent, one batch after the other, with the gradient of each batch taken at the parameters as they are by then:
#
# $$w \leftarrow w - \eta \, \frac{\partial L}{\partial w}$$
#
# *Example by hand*: one parameter `w` = 4, the loss $w^2 / 2$ with the gradient $w$ for every batch, the rate 0.5, two batches. Then `w` is 4, 2, 1, and the losses are 8 and 2.

# %% exercise="train"
def train(parameters, loss_and_gradients, batches, learning_rate):
    """Gradient descent: one step for each batch.

    parameters: a dictionary from names to arrays, left as it is
    loss_and_gradients: a function of parameters and a batch that gives the loss, a number,
    and the gradients, a dictionary with the same names and shapes
    batches: a list of batches, one for each step
    Returns the trained parameters: a new dictionary; and losses: one number for each batch,
    the batch's loss before its own step.
    """
    ### BEGIN SOLUTION
    losses = []
    for batch in batches:
        loss, gradients = loss_and_gradients(parameters, batch)
        parameters = {name: w - learning_rate * gradients[name] for name, w in parameters.items()}
        losses.append(loss)
    return parameters, np.array(losses)
    ### END SOLUTION


# %% try="train"
# The example by hand: expect ({'w': array([1.])}, array([8., 2.]))
train({"w": np.array([4.0])}, lambda parameters, batch: ((parameters["w"] ** 2).sum() / 2, dict(parameters)), [None, None], 0.5)

# %% check="train" points=4
check(train)

# %% [markdown]
# ## 10. Three sentences by heart
#
# From here on nothing is graded. The network is a gated recurrent unit by torch, and torch finds its gradients; all the rest is yours.
#
# First the three sentences, a word at a time. Each is one of the three that we want to hear, with equal probability.

# %% real="network"
import torch
from torch import nn
from torch.func import functional_call

torch.set_num_threads(1)


class LanguageModel(nn.Module):
    """Token numbers (B, T) in, scores (B, T, V) and the last state (1, B, H) out."""

    def __init__(self, V, H):
        super().__init__()
        self.embedding, self.gru, self.readout = nn.Embedding(V, 24), nn.GRU(24, H, batch_first=True), nn.Linear(H, V)

    def forward(self, tokens, h=None):
        states, h = self.gru(self.embedding(tokens), h)
        return self.readout(states), h


def parameters_of(net):
    return {name: value.detach().numpy().copy() for name, value in net.named_parameters()}


def run(net, parameters, tokens, h=None):
    """Scores and state as NumPy arrays, without gradients."""
    with torch.no_grad():
        tensors = {name: torch.from_numpy(value) for name, value in parameters.items()}
        scores, h = functional_call(net, tensors, (torch.as_tensor(tokens), h))
    return scores.numpy(), h


def gradients_by_adam(net, decay=0.9, square_decay=0.999):
    """A loss_and_gradients for your `train`, with the gradients scaled as the method Adam does it."""
    moments, squares, calls = {}, {}, [0]

    def loss_and_gradients(parameters, batch):
        inputs, targets, lengths = (torch.as_tensor(array) for array in batch)
        tensors = {name: torch.from_numpy(value).requires_grad_() for name, value in parameters.items()}
        scores, _ = functional_call(net, tensors, (inputs,))
        true = torch.arange(inputs.shape[1]) < lengths[:, None]
        loss = nn.functional.cross_entropy(scores[true], targets[true])
        calls[0] += 1
        scaled = {}
        for name, g in zip(tensors, torch.autograd.grad(loss, list(tensors.values())), strict=True):
            g = g.numpy()
            moments[name] = decay * moments.get(name, 0) + (1 - decay) * g
            squares[name] = square_decay * squares.get(name, 0) + (1 - square_decay) * g**2
            size = np.sqrt(squares[name] / (1 - square_decay ** calls[0])) + 1e-8
            scaled[name] = moments[name] / (1 - decay ** calls[0]) / size
        return loss.item(), scaled

    return loss_and_gradients


# %% real="three_sentences"
sentences = ["I think therefore i am", "I like machine learning", "I am not just a neural network"]
texts = [sentence.split() for sentence in sentences]
tokens, index = build_vocabulary(texts, 1)
start, stop, unknown = index[START], index[STOP], index[UNKNOWN]
inputs, targets, lengths = shift_targets([encode(text, index, unknown) for text in texts], start, stop)

torch.manual_seed(0)
net = LanguageModel(len(tokens), 32)
batch, blind_batch = (inputs, targets, lengths), (np.full_like(inputs, start), targets, lengths)
fed_back, losses = train(parameters_of(net), gradients_by_adam(net), [batch] * 200, 0.01)
blind, blind_losses = train(parameters_of(net), gradients_by_adam(net), [blind_batch] * 200, 0.01)
print(f"last loss: {losses[-1]:.3f} nats per token with the true inputs, {blind_losses[-1]:.3f} if all inputs are the start token")

# %% real="valid"
rng = np.random.default_rng(0)
n, T = 1000, inputs.shape[1]


def sample(scores):
    return sample_token(token_probabilities(scores, 1.0), rng)


def step(token, h):
    """One step of the network that reads its own tokens; its state stands as (B, H) outside of torch."""
    scores, h = run(net, fed_back, token[:, np.newaxis], torch.from_numpy(h[np.newaxis].astype(np.float32)))
    return scores[:, 0], h[0].numpy()


def as_text(rows, lengths, joint=" "):
    return [joint.join(tokens[k] for k in row[:length]) for row, length in zip(rows, lengths, strict=True)]


blind_scores, _ = run(net, blind, np.full((n, T), start))
without = as_text(*sample_independently(blind_scores, stop, sample))
with_feedback = as_text(*generate(step, np.zeros((n, 32)), start, stop, T, sample))
for name, written in (("each step on its own", without), ("fed back", with_feedback)):
    print(f"{name}: {np.mean([text in sentences for text in written]):.1%} of {n} are one of the three sentences")
    print("".join(f"    {text}\n" for text in written[:4]))

# %% [markdown]
# ## 11. First names
#
# 5,163 first names, a character at a time; 763 of them are held back to measure with.
# Watch what the model writes after 0, 60, 300, 600 and 1,200 steps of training. This cell takes some seconds.

# %% real="names"
train_names, test_names = data.first_names()
tokens, index = build_vocabulary(train_names, 1)
start, stop, unknown = index[START], index[STOP], index[UNKNOWN]


def pairs(names):
    return shift_targets([encode(name, index, unknown) for name in names], start, stop)


torch.manual_seed(0)
net, rng = LanguageModel(len(tokens), 64), np.random.default_rng(0)
fed_back, loss_and_gradients, held_back = parameters_of(net), gradients_by_adam(net), pairs(test_names)
reached, curve, names_written = [0, 60, 300, 600, 1200], [], {}
for before, now in zip([0, *reached], reached, strict=False):
    batches = [pairs(rng.choice(train_names, 64)) for _ in range(now - before)]
    fed_back, _ = train(fed_back, loss_and_gradients, batches, 0.003) if batches else (fed_back, None)
    curve.append(perplexity(run(net, fed_back, held_back[0])[0], *held_back[1:]))
    names_written[now] = as_text(*generate(step, np.zeros((8, 64)), start, stop, 12, sample), "")
    print(f"after {now:4} steps, perplexity {curve[-1]:5.2f}: {', '.join(names_written[now])}")

# %% real="curve"
begins, ends = (curve[i] for i in (0, len(reached) - 1))  # IndexError: the cell above has not run to its end
figure, axes = plots.figure()
axes.plot(reached, curve, marker="o", color=plots.COLOURS[0])
axes.axhline(len(tokens) - 2, color=plots.INK, linestyle=":")
axes.text(reached[-1], len(tokens) - 3.8, "guessing among 26 letters and the stop", ha="right", color=plots.INK)
axes.set(xlabel="steps of training", ylabel="perplexity of held-back names", ylim=(0, 1.05 * max(*curve, len(tokens))))
plots.show(
    figure,
    "Perplexity per character of 763 names that the model has not read.",
    f"Line over {reached[-1]} steps. It falls from {begins:.1f} to {ends:.1f}; a dotted line marks {len(tokens) - 2}, for guessing.",
)

# %% [markdown]
# And with another temperature? Low ones write what is common, high ones what is strange.

# %% real="temperatures"
for temperature in (0.3, 1.0, 2.0):
    written = generate(
        step, np.zeros((200, 64)), start, stop, 12,
        lambda scores, temperature=temperature: sample_token(token_probabilities(scores, temperature), rng),
    )  # fmt: skip
    names = as_text(*written, "")
    known = np.mean([name in set(train_names) for name in names])
    print(f"temperature {temperature}: {known:.0%} are names that it has read; {', '.join(names[:6])}")

# %% [markdown]
# ## 12. In your own words
#
# Part 10 trained two networks on the same three sentences, until neither of them could get better.
# Take the third word. What does the network that is never told its own tokens give as the distribution of the third word, and is that wrong?
# Say why its sentences are nonsense all the same, compute how probable the sentence *I like machine learning* is when it writes, and say what changes in that
# computation once each token is fed back. Four to eight sentences.

# %% [markdown] written="third_word" points=4
# ### BEGIN SOLUTION
# It gives 1/3 each to *therefore*, *machine* and *not*, since each of them is the third word of one sentence in three. That is exactly the
# distribution of third words among the sentences, so taken alone it is right. What is lost is which second word goes with which third:
# the words are drawn as if they were independent of each other, and *I think machine just* is as probable as anything else. The sentence *I like machine learning*
# needs the right draw four times, *like*, *machine*, *learning* and the stop, each with probability 1/3: 1/81, about 1.2 %, although it should
# be 1/3. If the drawn token is fed back, the network gives p(word | words before): *like* still has 1/3, but after *like* the word *machine* has nearly 1,
# and so have the next ones. The product is about 1/3 · 1 · 1 · 1 = 1/3. The chain rule of probability turns a joint distribution into such a product, and only with these factors.
#
# *Marking scheme* (4 points): 1 for a third each, and for saying that this is right as the distribution of the third word; 1 for the draws being independent, so that words of
# different sentences are mixed; 1 for (1/3)^4 = 1/81 (also if the first word's factor 1 is named); 1 for conditional probabilities after feedback, near 1 after the second word, so that the product is about 1/3.
# ### END SOLUTION
