"""The smallest cases of the initialisers and of what they lead to, worked by hand."""

import numpy as np

from grader.course.worked import bracketed, dotted, said, summed

CASE = {
    "initialize_parameters_zeros": "three inputs, two units, one output",
    "initialize_parameters_random": "three inputs, two units, one output",
    "initialize_parameters_he": "two inputs, four units, one output",
    "initialize_parameters_xavier": "four inputs, three units: the factor is one half",
    "activation_scale": "two ReLU layers",
    "gradient_scale": "two ReLU layers",
}


def initialize_parameters_zeros(layers_dims):
    n_0, n_1, n_2 = layers_dims
    W1, b1, W2, b2 = np.zeros((n_1, n_0)), np.zeros((n_1, 1)), np.zeros((n_2, n_1)), np.zeros((n_2, 1))
    yield (
        f"The list {said(layers_dims)} means {n_0} inputs and then two layers. `W1` has a row for each of "
        f"the {n_1} units, a column for each input.",
        W1,
    )
    yield f"`b1` has one number for each of the {n_1} units, as a column.", b1
    yield f"The inputs of layer 2 are the {n_1} units of layer 1: `W2` has {n_2} row, {n_1} columns.", W2
    yield f"`b2` has one number for its {n_2} unit. The input has no parameters of its own.", b2
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def initialize_parameters_random(layers_dims):
    n_0, n_1, n_2 = layers_dims
    rng = np.random.RandomState(3)
    first = rng.randn(n_1, n_0)
    yield (
        f"With the seed 3, the first {first.size} draws, put into {n_1} rows and {n_0} columns, are these.",
        first,
    )
    W1 = first * 10
    yield f"Times 10 they are `W1`; the first: 10 · {said(first[0, 0])} = {said(W1[0, 0])}.", W1
    second = rng.randn(n_2, n_1)
    yield f"The next {second.size} draws belong to layer 2. The generator is not seeded again.", second
    W2 = second * 10
    yield f"Times 10 they are `W2`; the first: 10 · {bracketed(second[0, 0])} = {said(W2[0, 0])}.", W2
    biases = {"b1": np.zeros((n_1, 1)), "b2": np.zeros((n_2, 1))}
    yield "Biases draw nothing: they are columns of zeros.", biases
    return {"W1": W1, "b1": biases["b1"], "W2": W2, "b2": biases["b2"]}


def initialize_parameters_he(layers_dims):
    n_0, n_1, n_2 = layers_dims
    rng = np.random.RandomState(3)
    first, second = rng.randn(n_1, n_0), rng.randn(n_2, n_1)
    scale = np.sqrt(2 / n_0)
    yield f"With the seed 3, the draws for layer 1, {n_1} rows and {n_0} columns, are these.", first
    yield (
        f"A unit of layer 1 adds up {n_0} inputs, so `W1` is the draws times √(2 / {n_0}) = {said(scale)}.",
        first * scale,
    )
    yield f"The next {second.size} draws are for layer 2.", second
    scale_2 = np.sqrt(2 / n_1)
    yield (
        f"Its unit adds up {n_1} inputs: √(2 / {n_1}) = {said(scale_2)}. "
        f"First entry of `W2`: {said(scale_2)} · {bracketed(second[0, 0])}.",
        second * scale_2,
    )
    biases = {"b1": np.zeros((n_1, 1)), "b2": np.zeros((n_2, 1))}
    yield "Biases draw nothing: they are columns of zeros.", biases
    return {"W1": first * scale, "b1": biases["b1"], "W2": second * scale_2, "b2": biases["b2"]}


def initialize_parameters_xavier(layers_dims):
    n_0, n_1 = layers_dims
    draws = np.random.RandomState(3).randn(n_1, n_0)
    yield f"With the seed 3, the draws for the one layer, {n_1} rows and {n_0} columns, are these.", draws
    scale = np.sqrt(1 / n_0)
    yield (
        f"Each unit adds up {n_0} inputs, so the factor is √(1 / {n_0}). The {n_1} outputs play no part.",
        scale,
    )
    W = draws * scale
    yield (
        f"Every draw times that is `W1`; the first: {said(scale)} · {said(draws[0, 0])} = {said(W[0, 0])}.",
        W,
    )
    yield "The bias draws nothing: a column of zeros.", np.zeros((n_1, 1))
    return {"W1": W, "b1": np.zeros((n_1, 1))}


def activation_scale(X, parameters, activation):
    A, scales = X, []
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        first = f"{dotted(W[0], A[:, 0])} + {bracketed(b[0, 0])} = {said(Z[0, 0])}"
        yield f"Layer {l}, before the activation: unit 1 for example 1 is {first}.", Z
        A = np.maximum(Z, 0)
        yield "ReLU puts 0 in the place of what is below it.", A
        mean, variance = A.mean(), A.var()
        scales.append(float(A.std()))
        yield (
            f"All {A.size} entries together have the mean {said(mean)}; their squared distances from it "
            f"average {said(variance)}. The scale is √{said(variance)}.",
            scales[-1],
        )
    return scales


def gradient_scale(X, parameters, activation):
    W1, b1, W2, b2 = (parameters[name] for name in ("W1", "b1", "W2", "b2"))
    m = X.shape[1]
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    yield (
        f"Forward. Layer 1, unit 1, example 1: {dotted(W1[0], X[:, 0])} + {bracketed(b1[0, 0])} "
        f"= {said(Z1[0, 0])}. Then ReLU, on every entry.",
        A1,
    )
    A2 = np.maximum(W2 @ A1 + b2, 0)
    first = f"{dotted(W2[0], A1[:, 0])} + {bracketed(b2[0, 0])}"
    yield f"Layer 2, example 1: {first} = {said(A2[0, 0])}. ReLU again.", A2
    dZ2 = A2 / m * (A2 > 0)
    yield (
        f"The loss is half the sum of squares over {m}, so its slope by an output is the output over {m}; "
        "where ReLU cut off, 0.",
        dZ2,
    )
    dW2 = dZ2 @ A1.T
    first = dotted(dZ2[0], A1[0])
    yield f"`dW2` adds up slope times input over the examples. First entry: {first} = {said(dW2[0, 0])}.", dW2
    scale_2 = float(np.sqrt((dW2**2).sum()))
    yield (
        f"Its norm is the scale of layer 2: the root of {' + '.join(f'{said(d)}²' for d in dW2[0])}.",
        scale_2,
    )
    dZ1 = (W2.T @ dZ2) * (A1 > 0)
    yield (
        f"Back through `W2` = {said(W2[0])}: each row is dZ2 times its weight, and 0 where ReLU cut off.",
        dZ1 + 0.0,
    )
    dW1 = dZ1 @ X.T
    yield f"`dW1` in the same way, with `X`: first entry {dotted(dZ1[0], X[0])} = {said(dW1[0, 0])}.", dW1
    scale_1 = float(np.sqrt((dW1**2).sum()))
    yield (
        f"The scale of layer 1: the root of {summed(dW1.ravel() ** 2)}. It stands first in the list.",
        scale_1,
    )
    return [scale_1, scale_2]
