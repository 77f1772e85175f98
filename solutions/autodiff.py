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
# # Automatic differentiation: gradients through any graph
#
# **Points**: 55 by the autograder, 4 for a written answer. **Time**: about 150 minutes.
#
# You will build reverse-mode automatic differentiation, the machine inside torch, in about a hundred lines.
# Then you will unroll a recurrent network on it and get its gradients without deriving a single formula for them.
#
# Afterwards you will be able to
#
# - write an operation together with the way back through it,
# - put the nodes of any graph into an order in which gradients can be computed,
# - send deltas back through a graph whose nodes are used many times, and add them where they meet,
# - unroll a recurrent network as such a graph, and see its matrix as one node with many uses.
#
# After each task a locked line such as `check(mul)` tells you at once what is right and what your mistake looks like.
# It uses prepared examples; your work is graded with other ones.
# The tasks do not depend on each other: if one of them resists, go on with the next.
# Only the last part uses your functions together. Keep the names of functions and parameters.
#
# **Shapes.** `B` sequences in a batch, `T` time steps, `D` inputs per step, `H` hidden units.
# Batch first, vectors are rows.

# %% setup=true
import numpy as np

from unrolled import check, data, graphs, plots
from unrolled.graphs import Node

# %% [markdown]
# ## 1. An operation and the way back
#
# The values of a computation become the nodes of a graph. `Node(value, parents, pull_back)` only holds things:
#
# - `node.value`: the array,
# - `node.parents`: the nodes it was computed from; none for an input or a parameter, which is made by `Node(value)`,
# - `node.pull_back`: a function. It takes `delta`, the gradient of the loss with respect to this value,
#   and returns **a tuple with one array for each parent**, in the order of `parents`: what `delta` means for that parent.
#   An input or a parameter has one as well, which returns an empty tuple, `()`,
# - `node.grad`: `None`, until a backward pass puts a gradient there.
#
# A node may be put into a set or be a key of a dictionary, and `==` asks whether two nodes are the same one, whatever their values.
#
# Here is an operation that is not among your tasks, the quotient of two arrays of the same shape.
# From $q = a / b$ follows $\partial q / \partial a = 1 / b$ and $\partial q / \partial b = -a / b^2$, entry by entry:
#
# ```python
# def quotient(a, b):
#     def pull_back(delta):
#         return delta / b.value, -delta * a.value / b.value**2
#
#     return Node(a.value / b.value, (a, b), pull_back)
# ```
#
# Your first operation is the product of two arrays of the same shape, entry by entry:
#
# $$p = a \odot b$$
#
# *Example by hand*: $a$ = 3, $b$ = 5. Then $p$ = 15. If $\delta$ = 2 enters, $a$ gets 2 · 5 = 10 and $b$ gets 2 · 3 = 6.

# %% exercise="mul"
def mul(a, b):
    """The product of two nodes, entry by entry.

    a, b: nodes whose values have the same shape; they may be the same node
    Returns a Node with parents (a, b); its pull_back(delta) returns (da, db), each of that shape.
    """
    ### BEGIN SOLUTION
    def pull_back(delta):
        return delta * b.value, delta * a.value
    return Node(a.value * b.value, (a, b), pull_back)
    ### END SOLUTION


# %% try="mul"
# The example by hand: expect 15.0 and (10.0, 6.0)
product = mul(Node(3.0), Node(5.0))
float(product.value), tuple(float(d) for d in product.pull_back(np.array(2.0)))

# %% check="mul" points=5
check(mul)

# %% [markdown]
# ## 2. tanh
#
# $$h = \tanh(a), \qquad \frac{dh}{da} = 1 - h^2$$
#
# There is one parent, so the pull-back returns a tuple with one array, and `parents` is a tuple with one node:
# mind the comma in `(da,)` and `(a,)`.
#
# *Example by hand*: $a$ = 0 gives $h$ = 0 and the derivative 1; if $\delta$ = 3 enters, $a$ gets 3.
# Large $a$ = 20 gives $h$ = 1 and the derivative 0: nothing gets through.

# %% exercise="tanh"
def tanh(a):
    """The hyperbolic tangent of a node, entry by entry.

    a: node of any shape
    Returns a Node with parents (a,); its pull_back(delta) returns (da,), of the shape of a.
    """
    ### BEGIN SOLUTION
    h = np.tanh(a.value)
    return Node(h, (a,), lambda delta: (delta * (1 - h**2),))
    ### END SOLUTION


# %% try="tanh"
# The example by hand: expect [0. 1.] and [3. 0.]
squashed = tanh(Node([0.0, 20.0]))
print(squashed.value, squashed.pull_back(np.array([3.0, 3.0]))[0])

# %% check="tanh" points=5
check(tanh)

# %% [markdown]
# ## 3. A sum, and a bias for every row
#
# $$s = a + b$$
#
# Both parents get $\delta$ as it is, if they have the shape of the sum.
# But `b` may also be a bias of shape `(H,)` that NumPy adds to each of the `B` rows of `a`.
# Then one number of the bias is used in `B` places of the sum. What follows for its gradient?
# Its shape is `(H,)` in any case: a gradient has the shape of what it belongs to.
#
# *Example by hand*: $a$ has the rows (1, 2) and (3, 4), $b$ = (10, 20). The sum has the rows (11, 22) and (13, 24).
# If $\delta$ has the rows (1, 2) and (5, 7), then $a$ gets just that, and $b$ gets (6, 9).

# %% exercise="add"
def add(a, b):
    """The sum of two nodes, the second of which may be a bias.

    a: node of shape (B, H), or any shape if b has the same one
    b: node of the shape of a, or (H,): then it is added to every row of a
    Returns a Node with parents (a, b); its pull_back(delta) returns (da, db), of the shapes of a and b.
    """
    ### BEGIN SOLUTION
    def pull_back(delta):
        is_bias = b.value.shape != delta.shape
        return delta, delta.sum(axis=0) if is_bias else delta
    return Node(a.value + b.value, (a, b), pull_back)
    ### END SOLUTION


# %% try="add"
# The example by hand: expect [[11. 22.] [13. 24.]] and [6. 9.]
total = add(Node([[1.0, 2.0], [3.0, 4.0]]), Node([10.0, 20.0]))
print(total.value, total.pull_back(np.array([[1.0, 2.0], [5.0, 7.0]]))[1])

# %% check="add" points=7
check(add)

# %% [markdown]
# ## 4. The matrix product
#
# $$m = a\,b, \quad\text{that is}\quad m_{ik} = \sum_j a_{ij} b_{jk}$$
#
# Entry $a_{ij}$ is used in row $i$ of the product, once in each column $k$, and each time multiplied by $b_{jk}$. So
#
# $$\frac{\partial L}{\partial a_{ij}} = \sum_k \delta_{ik}\, b_{jk}$$
#
# Write this sum as a matrix product, and find the one for $b$ in the same way.
#
# *Example by hand*: $a$ has one row (1, 2), $b$ has the rows (3, 4) and (5, 6). Then $m$ = (13, 16).
# If $\delta$ = (1, 10), then $a$ gets (1·3 + 10·4, 1·5 + 10·6) = (43, 65), and $b$ gets the rows (1, 10) and (2, 20).

# %% exercise="matmul"
def matmul(a, b):
    """The matrix product of two nodes.

    a: node of shape (B, D); b: node of shape (D, H)
    Returns a Node of shape (B, H) with parents (a, b); its pull_back(delta) returns
    (da, db), of the shapes of a and b.
    """
    ### BEGIN SOLUTION
    def pull_back(delta):
        return delta @ b.value.T, a.value.T @ delta
    return Node(a.value @ b.value, (a, b), pull_back)
    ### END SOLUTION


# %% try="matmul"
# The example by hand: expect [[13. 16.]], then [[43. 65.]] and [[1. 10.] [2. 20.]]
product = matmul(Node([[1.0, 2.0]]), Node([[3.0, 4.0], [5.0, 6.0]]))
print(product.value, *product.pull_back(np.array([[1.0, 10.0]])))

# %% check="matmul" points=6
check(matmul)

# %% [markdown]
# ## 5. Side by side
#
# $$c = [a,\; b]$$
#
# The recurrent step puts its input and its state into one row. On the way back the row has to be taken apart again.
#
# *Example by hand*: $a$ = (1, 2) and $b$ = (3), one row each. Then $c$ = (1, 2, 3).
# If $\delta$ = (5, 6, 7), then $a$ gets (5, 6) and $b$ gets (7).

# %% exercise="concat"
def concat(a, b):
    """Two nodes side by side, along the last axis.

    a: node of shape (B, D); b: node of shape (B, H)
    Returns a Node of shape (B, D + H) with parents (a, b), a's columns first; its pull_back(delta)
    returns (da, db), of the shapes of a and b.
    """
    ### BEGIN SOLUTION
    D = a.value.shape[-1]
    def pull_back(delta):
        return delta[..., :D], delta[..., D:]
    return Node(np.concatenate([a.value, b.value], axis=-1), (a, b), pull_back)
    ### END SOLUTION


# %% try="concat"
# The example by hand: expect [[1. 2. 3.]], then [[5. 6.]] and [[7.]]
row = concat(Node([[1.0, 2.0]]), Node([[3.0]]))
print(row.value, *row.pull_back(np.array([[5.0, 6.0, 7.0]])))

# %% check="concat" points=5
check(concat)

# %% [markdown]
# ## 6. An order in which nothing comes too early
#
# Going back, a node may pass its delta on only when all deltas that meet in it have arrived.
# That holds if all nodes are visited in a **topological order**, backwards.
# In a topological order each node stands *after all of its parents*. Often there are several such orders; any of them will do.
#
# You are given one node, the output, and can only walk from a node to its `parents`.
# Every node that can be reached has to be in the list once, however many ways lead to it.
# Two nodes with equal values are two nodes.
#
# **Deep graphs.** A recurrent network that reads 1,000 steps makes a graph of 4,000 nodes in a row.
# A function that calls itself for each parent needs 4,000 calls inside one another, and Python gives up at about 1,000
# with a `RecursionError`. So two of the points are for a chain of 4,000 nodes.
# A function that calls itself is a good first version and earns all the others.
# For these two, keep a list of your own that remembers which nodes still have to be looked at,
# and which ones only wait until their parents are in the order.
# Raising Python's limit, with `sys.setrecursionlimit`, is also allowed.
# A call may take five seconds. That is plenty, unless the function follows every way through a graph one by one.
#
# *Example by hand*: $u$ is an input, $v$ is computed from $u$, and the output $w$ from $u$ and $v$.
# The only topological order is $u$, $v$, $w$.

# %% exercise="topological_order"
def topological_order(node):
    """All nodes that a node was computed from, and the node itself, in a topological order.

    node: the output, a Node
    Returns a list of nodes: each one once, after all of its parents; the output comes last.
    """
    ### BEGIN SOLUTION
    order, seen, stack = [], set(), [(node, False)]
    while stack:
        current, parents_done = stack.pop()
        if parents_done:
            order.append(current)
        elif current not in seen:
            seen.add(current)
            stack.append((current, True))
            stack.extend((parent, False) for parent in current.parents)
    return order
    ### END SOLUTION


# %% try="topological_order"
# The example by hand: expect [1. 2. 3.], the values of u, v, w
u = Node(1.0)
v = Node(2.0, (u,))
w = Node(3.0, (u, v))
np.array([float(node.value) for node in topological_order(w)])

# %% check="topological_order" points=9
check(topological_order)

# %% [markdown]
# ## 7. Deltas on their way back
#
# The gradient of a node is the sum of what arrives from all places where its value is used:
#
# $$\frac{\partial L}{\partial v} = \sum_{\text{uses of } v} (\text{what the pull-back of that use gives for } v)$$
#
# The walk starts at the output, whose gradient is given: the `seed`.
# If the output is a loss, the seed is 1. If it is an array of losses that you want the sum of, the seed is an array of ones.
#
# `backward` sets `node.grad` for every node in `order`, inputs or not. Three rules:
#
# - Call the pull-back of a node once, with the node's whole gradient.
# - Each call of `backward` starts anew: what an earlier call left in `grad` is forgotten. (In torch it is added to.)
# - Arrays may be shared: a pull-back may return the array that it was given, or one array for two parents.
#   So change no array that somebody else may hold. The list `order` and the `seed` stay as they are, too.
#
# *Example by hand*: $u$ = 3 and $p = u \cdot u$ with the pull-back $\delta \mapsto (3\delta, 3\delta)$, because $u$ is both factors.
# With seed 1 the gradient of $u$ is 3 + 3 = 6, which is $2u$.

# %% exercise="backward"
def backward(order, seed):
    """Set the gradient of every node, walking from the output back to the inputs.

    order: list of nodes, each after all of its parents; the last one is the output
    seed: the gradient with respect to the output, an array of the output's shape
    Returns nothing. Afterwards node.grad has the shape of node.value, for each node in order.
    """
    ### BEGIN SOLUTION
    for node in order:
        node.grad = np.zeros_like(node.value)
    order[-1].grad = seed
    for node in reversed(order):
        for parent, delta in zip(node.parents, node.pull_back(node.grad), strict=True):
            parent.grad = parent.grad + delta
    ### END SOLUTION


# %% try="backward"
# The example by hand: expect 6.0
u = Node(3.0)
p = Node(9.0, (u, u), lambda delta: (3.0 * delta, 3.0 * delta))
backward([u, p], np.array(1.0))
float(u.grad)

# %% check="backward" points=10
check(backward)

# %% [markdown]
# ## 8. A recurrent network is such a graph
#
# $$h_t = \tanh\big([x_t,\; h_{t-1}]\, W + b\big), \qquad t = 1, \dots, T$$
#
# Build the graph of all steps. Nothing is computed by NumPy here: every sign in the equation is one of four
# operations on nodes. They come as arguments, so that your graph can be checked with other operations than yours.
#
# *Example by hand* (all sizes 1): let `concat` be the sum of its nodes, `matmul` their product, `add` a sum,
# and let `tanh` change nothing. With inputs 1 and 2, $h_0$ = 0, $W$ = 10 and $b$ = 3
# the states are (1 + 0) · 10 + 3 = 13 and (2 + 13) · 10 + 3 = 153.

# %% exercise="rnn_graph"
def rnn_graph(inputs, h_0, W, b, concat, matmul, add, tanh):
    """The graph of a recurrent network that reads a sequence.

    inputs: list of T nodes of shape (B, D), which stays as it is; h_0: node of shape (B, H)
    W: node of shape (D + H, H), b: node of shape (H,), the parameters of every step
    concat, matmul, add, tanh: functions from nodes to a node
    Returns the list of T nodes h_1 ... h_T, each of shape (B, H).
    """
    ### BEGIN SOLUTION
    states, h = [], h_0
    for x_t in inputs:
        h = tanh(add(matmul(concat(x_t, h), W), b))
        states.append(h)
    return states
    ### END SOLUTION


# %% try="rnn_graph"
# The example by hand: expect [ 13. 153.]
def plus(a, b):
    return Node(a.value + b.value, (a, b))


def times(a, b):
    return Node(a.value * b.value, (a, b))


ones, twos = Node([[1.0]]), Node([[2.0]])
states = rnn_graph([ones, twos], Node([[0.0]]), Node([[10.0]]), Node([3.0]), plus, times, plus, lambda a: a)
np.array([h.value[0, 0] for h in states])

# %% check="rnn_graph" points=8
check(rnn_graph)

# %% [markdown]
# ## 9. Your machine at work
#
# Now all pieces together, on real data: nine men say two vowels, and each utterance is a sequence of frames with 12 numbers.
# Nothing is graded here; the cells run as soon as all eight tasks are done.
#
# First the graph itself. The cell below unrolls a network on the first three frames of one utterance and draws what your functions built.

# %% real="graph"
train, test = data.japanese_vowels()
rng = np.random.default_rng(0)
D, H, C = 12, 16, 9


def new_parameters():
    """W, b of the step and W_hy, b_y of the readout, as arrays."""
    W = rng.normal(size=(D + H, H)) / np.sqrt(D + H)
    return [W, np.zeros(H), rng.normal(size=(H, C)) / np.sqrt(H), np.zeros(C)]


def unrolled_network(x, parameters):
    """Nodes of the parameters, of the states and of the scores after the last step; x: (B, T, D)."""
    W, b, W_hy, b_y = nodes = [Node(p) for p in parameters]
    inputs = [Node(x[:, t]) for t in range(x.shape[1])]
    states = rnn_graph(inputs, Node(np.zeros((len(x), H))), W, b, concat, matmul, add, tanh)
    return nodes, states, add(matmul(states[-1], W_hy), b_y)


(W, b, W_hy, b_y), states, scores = unrolled_network(train.x[0][None, :3], new_parameters())
order = topological_order(states[-1])
column, child = {}, {}
for node in order:  # parents come first, so their columns are known
    column[node] = 1 + max((column[p] for p in node.parents if p.parents), default=0)
    child |= dict.fromkeys(node.parents, node)


def kind(node):
    """What a node of this graph is, told by its parents."""
    if not node.parents:
        return {W: "W", b: "b"}.get(node, "x" if node.value.shape == (1, D) else "h0")
    return "@" if W in node.parents else "+" if b in node.parents else "tanh" if len(node.parents) == 1 else "[,]"


texts = {node: kind(node) for node in order}
middle = np.mean([column[node] for node in order if node.parents])
places = {node: (column[node], 0.0) for node in order}
for node in order:
    if texts[node] == "x":
        places[node], texts[node] = (column[child[node]], -1.0), f"x{column[child[node]] // 4 + 1}"
    if texts[node] in ("W", "b", "h0"):
        places[node] = {"W": (middle - 1, 2.2), "b": (middle + 1, 2.2), "h0": (0.0, 0.0)}[texts[node]]

figure, axes = plots.figure(9.0, 3.2)
edges = [(parent, node) for node in order for parent in node.parents]
graphs.draw(axes, places, texts, edges, marked={W: plots.COLOURS[1], b: plots.COLOURS[1]})
plots.show(
    figure,
    f"The graph of a recurrent network that reads three inputs: {len(order)} nodes. W and b are one node each. [,] is concat, @ is matmul.",
    f"Graph with {len(order)} nodes and {len(edges)} arrows. A row of boxes concat, matmul, add, tanh stands there three times, "
    "h0 enters on the left, x1 to x3 from below. One box W above has an arrow to each matmul, one box b an arrow to each add.",
)

# %% [markdown]
# Are the gradients right? The loss below is the squared distance between scores and one-hot speakers, and the seed does the averaging.
# Your machine's gradient of `W` is compared with central differences: change one entry by a tiny amount, up and down, and see how the loss changes.

# %% real="compare"
def speaker_error(x, labels, parameters):
    """Nodes of the parameters, of the scores, and of their squared errors; labels: (B,)."""
    nodes, states, scores = unrolled_network(x, parameters)
    wrong = add(scores, Node(-np.eye(C)[labels]))
    return nodes, states, mul(wrong, wrong)


def mean_seed(node):
    return np.full(node.value.shape, 1 / node.value.size)


x, labels = np.stack([u[:7] for u in train.x]), train.labels  # every utterance has at least seven frames
parameters = new_parameters()
few = np.arange(0, 270, 27)  # ten utterances
nodes, states, squares = speaker_error(x[few], labels[few], parameters)
order = topological_order(squares)
backward(order, mean_seed(squares))
total = nodes[0].grad


def loss_with(i, j, change):
    W = parameters[0].copy()
    W[i, j] += change
    return speaker_error(x[few], labels[few], [W, *parameters[1:]])[2].value.mean()


numerical = np.array([[(loss_with(i, j, 1e-5) - loss_with(i, j, -1e-5)) / 2e-5 for j in range(H)] for i in range(D + H)])
print(f"{len(order)} nodes; gradient of W {total.shape}; largest entry {np.abs(total).max():.4f}")
print(f"largest difference to central differences: {np.abs(total - numerical).max():.1e}")

# %% [markdown]
# `W` is one node with seven uses, one in each step. Every use sends its own gradient back, and `backward` has added them.
# The figure takes the sum apart again: how large is the gradient of each use?
# (The bars add up to more than the dotted line. The gradients are matrices, not all of which point the same way.)

# %% real="uses"
products = [node for node in order if nodes[0] in node.parents]  # [x_t, h] W for t = 1 ... 7
parts = np.stack([product.pull_back(product.grad)[product.parents.index(nodes[0])] for product in products])
print(f"largest difference between the sum of the parts and the gradient of W: {np.abs(parts.sum(axis=0) - total).max():.1e}")

sizes = np.linalg.norm(parts, axis=(1, 2))
figure, axes = plots.figure(6.5, 3.0)
axes.bar(np.arange(1, 8), sizes, color=plots.COLOURS[0], width=0.7)
axes.axhline(np.linalg.norm(total), color=plots.INK, linestyle=":")
axes.text(0.6, 1.03 * np.linalg.norm(total), "norm of their sum, the gradient of W", color=plots.INK, va="bottom")
axes.set(xlabel="time step t", ylabel="norm of the gradient", ylim=(0, 1.3 * max(sizes.max(), np.linalg.norm(total))))
plots.show(
    figure,
    "The gradient of each of the seven uses of W, and the gradient of W itself, for a random network.",
    f"Bars for time steps 1 to 7, from {sizes[0]:.3f} to {sizes[-1]:.3f}. A dotted line at {np.linalg.norm(total):.3f} is the norm of their sum.",
)

# %% [markdown]
# Finally, training: plain gradient descent on all 270 utterances, with the gradients that your machine gives.

# %% real="training"
parameters, losses = new_parameters(), []
for _ in range(400):
    nodes, _, squares = speaker_error(x, labels, parameters)
    backward(topological_order(squares), mean_seed(squares))
    parameters = [p - 0.7 * node.grad for p, node in zip(parameters, nodes, strict=True)]
    losses.append(squares.value.mean())

scores = unrolled_network(np.stack([u[:7] for u in test.x]), parameters)[2].value
right = np.mean(scores.argmax(axis=1) == test.labels)
figure, axes = plots.figure(6.5, 3.0)
axes.semilogy(losses, color=plots.COLOURS[0])
axes.minorticks_off()
ticks = [0.02, 0.05, 0.1, 0.2, 0.5]
axes.set(xlabel="iteration", ylabel="mean squared error", ylim=(0.02, 0.5), yticks=ticks, yticklabels=ticks)
plots.show(
    figure,
    f"Training with gradients from your own graph. Afterwards {right:.0%} of the test utterances are recognised by seven frames; guessing gives 11%.",
    f"Falling curve over 400 iterations: the loss goes from {losses[0]:.3f} to {losses[-1]:.3f}.",
)

# %% [markdown]
# ## 10. In your own words
#
# A friend unrolls the network with `matmul(..., Node(W.value))` in every step, a fresh node each time.
# Her states and her loss are right to the last digit, but after `backward` she finds no gradient in `W` at all.
# Explain where the gradients have gone and what each of them means,
# what she would have to do with them to get what she wants and why that is correct,
# and why in a graph with one `W` the machine must wait before it trusts `W.grad`. Three to six sentences.

# %% [markdown] written="copies" points=4
# ### BEGIN SOLUTION
# Her fresh nodes are copies: they hold the same numbers, but nothing connects them with W, so W is not in the graph and no delta
# can reach it. Each copy has its own gradient: it says how the loss changes if W is changed in that one step only.
# Changing W itself changes all T copies at once, and to first order the effects of several changes add up;
# so the gradient of W is the sum of the gradients of the copies. With one node the same sum is formed in W.grad, one term
# for each use; as long as a step's delta has not arrived (the first step's comes last), the sum is incomplete, and whoever reads or
# passes on a gradient before all uses have reported gets only part of it. A topological order makes sure of that.
#
# *Marking scheme* (4 points): 1 for the gradients being in the copies, with no connection to W; 1 for each of them being the
# effect of changing W in that step alone; 1 for adding them, with the reason (W enters through all copies, changes add up, the chain rule
# for several paths); 1 for W.grad being complete only when every use has sent its delta.
# ### END SOLUTION
