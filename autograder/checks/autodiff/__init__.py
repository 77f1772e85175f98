"""Checks of the assignment ``autodiff``: operations, graphs and the way back through them."""

from autograder.checks.autodiff.add import ADD
from autograder.checks.autodiff.backward import BACKWARD
from autograder.checks.autodiff.concat import CONCAT
from autograder.checks.autodiff.matmul import MATMUL
from autograder.checks.autodiff.mul import MUL
from autograder.checks.autodiff.rnn_graph import RNN_GRAPH
from autograder.checks.autodiff.tanh import TANH
from autograder.checks.autodiff.topological_order import TOPOLOGICAL_ORDER
from autograder.checks.spec import Assignment

ASSIGNMENT = Assignment("autodiff", [MUL, TANH, ADD, MATMUL, CONCAT, TOPOLOGICAL_ORDER, BACKWARD, RNN_GRAPH])
