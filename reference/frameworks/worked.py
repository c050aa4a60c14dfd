"""The smallest cases of the network in PyTorch, worked by hand."""

import math
from itertools import pairwise

import numpy as np
import torch

from grader.course.worked import bracketed, dotted, listed, said, summed

CASE = {
    "linear_function": "two units, two examples",
    "sigmoid": "zero is one half",
    "one_hot_matrix": "four examples of three classes",
    "initialize_parameters": "two inputs, three units, one output",
    "forward_propagation": "two layers, by hand",
    "compute_total_loss": "logits whose exponentials are 1 and 2",
    "train_step": "one step from zero, by hand",
}


def linear_function(W, X, b):
    first = listed(f"{dotted(row, X[:, 0])} = {said(row @ X[:, 0])}" for row in W)
    yield f"Example 1, the first column of `X`, times each row of `W`: {first}.", W @ X[:, :1]
    yield "The matrix product does that for every column.", W @ X
    first = listed(f"{said(z)} + {said(c)}" for z, c in zip((W @ X)[:, 0], b[:, 0]))
    yield f"The column `b` is added to each column. Example 1: {first}.", W @ X + b


def sigmoid(z):
    powers = np.exp(-z)
    yield "Raise e to the power −z, entry by entry. The second entry is log 3, the third −log 3.", powers
    sums = listed(f"1 + {said(p)}" for p in powers[0])
    yield f"Add 1: {sums}.", 1 + powers
    yield f"One over that: {listed(f'1 / {said(1 + p)}' for p in powers[0])}.", 1 / (1 + powers)


def one_hot_matrix(label, C):
    m = len(label)
    yield f"There is a row for each of the {C} classes and a column for each of the {m} examples.", (C, m)
    first = np.zeros((C, 1))
    first[label[0]] = 1
    yield f"Example 0 has the label {label[0]}: a one in row {label[0]}, counted from 0, and zeros.", first
    others = listed(f"row {each}" for each in label[1:])
    yield f"The ones of the other examples are in {others}.", np.eye(C)[label].T


def initialize_parameters(layers_dims, seed):
    n_0, n_1, n_2 = layers_dims
    found = _drawn(layers_dims, seed)
    factors = np.array([math.sqrt(2 / n_0), math.sqrt(2 / n_1)])
    first, second = found["W1"] / factors[0], found["W2"] / factors[1]
    yield (
        f"Seed once with {seed}. Draws for `W1`: a row for each of its {n_1} units, a column for each input.",
        first,
    )
    yield (
        f"A unit of layer 1 adds up {n_0} inputs, one of layer 2 adds up {n_1}: "
        f"√(2 / {n_0}) = {said(factors[0])} and √(2 / {n_1}) = {said(factors[1])}.",
        factors,
    )
    yield f"The draws for `W2` go on, without another seed: {n_2} row and {n_1} columns.", second
    yield (
        "Draws times factors are the weights, biases are columns of zeros. Your draws may be other ones.",
        found,
    )
    yield (
        "Each of the four is ready to be trained: multiply first, and let it ask for its gradient last.",
        _KIND,
    )
    firsts = {name: np.ravel(value)[:8] for name, value in found.items()}
    others = {name: np.ravel(value)[:8] for name, value in _drawn(layers_dims, seed + 1).items()}
    return {
        "parameters": found,
        "tensors": dict.fromkeys(found, _KIND),
        "same_seed": firsts,
        "other_seed": others,
    }


_KIND = {"is_tensor": True, "is_float64": True, "asks_for_gradient": True, "is_leaf": True}


def _drawn(layers_dims, seed):
    generator = torch.Generator().manual_seed(seed)
    found = {}
    for l, (n_in, n_out) in enumerate(pairwise(layers_dims), start=1):
        draws = torch.randn(n_out, n_in, dtype=torch.float64, generator=generator).numpy()
        found |= {f"W{l}": math.sqrt(2 / n_in) * draws, f"b{l}": np.zeros((n_out, 1))}
    return found


def forward_propagation(X, parameters):
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    Z1 = W1 @ X + b1
    first = listed(
        f"{dotted(row, X[:, 0])} + {bracketed(c)} = {said(z)}" for row, c, z in zip(W1, b1[:, 0], Z1[:, 0])
    )
    yield f"Layer 1, example 1: {first}.", Z1
    A1 = np.maximum(Z1, 0)
    yield "ReLU comes after every layer but the last: what is below 0 becomes 0.", A1
    Z2 = W2 @ A1 + b2
    first = listed(f"{dotted(row, A1[:, 0])} + {bracketed(c)}" for row, c in zip(W2, b2[:, 0]))
    yield f"The last layer stays linear; these are the logits. Example 1: {first}.", Z2


def compute_total_loss(logits, labels):
    powers = np.exp(logits)
    first, second = powers.T
    yield f"Raise e to each logit. The columns are the examples: {said(first)} and {said(second)}.", powers
    totals = powers.sum(axis=0)
    true = (powers * labels).sum(axis=0) / totals
    shares = listed(
        f"{said(p)} / ({summed(column)})" for p, column in zip((powers * labels).sum(axis=0), powers.T)
    )
    yield f"The share of each example's true class, where `labels` is 1: {shares}.", true
    losses = -np.log(true)
    logs = listed(f"−log {said(p)} = {said(loss)}" for p, loss in zip(true, losses))
    yield f"Its natural logarithm, with the sign turned: {logs}.", losses
    yield f"The total is the sum over the batch, not the mean: {summed(losses)}.", np.array(losses.sum())


def train_step(X, Y, parameters, optimizer):
    m, rate = X.shape[1], optimizer["lr"]
    W, b = parameters["W1"], parameters["b1"]
    shares = np.full(Y.shape, 1 / len(Y))
    yield (
        f"The one layer starts at zero, so all logits are 0 and all shares of the {len(Y)} classes alike.",
        shares,
    )
    cost = math.log(len(Y))
    yield f"The cost before the step: {m} · (−log {said(shares[0, 0])}) / {m}.", cost
    slopes = (shares - Y) / m
    yield f"Its slope by each logit is the share, less 1 for the true class, over {m}.", slopes
    gradients = {"W1": slopes @ X.T, "b1": slopes.sum(axis=1, keepdims=True)}
    first = dotted(slopes[0], X[0])
    yield (
        f"Backward: first entry for `W1` {first}, `b1` {summed(slopes[0])}. Earlier batches play no part.",
        gradients,
    )
    after = {"W1": W - rate * gradients["W1"], "b1": b - rate * gradients["b1"]}
    yield (
        f"The optimizer steps against them: {said(W[0, 0])} − {said(rate)} · {said(gradients['W1'][0, 0])} "
        "is the first entry of `W1` now. The cost stays the one from before.",
        after,
    )
    return {"costs": [cost], "parameters": after}
