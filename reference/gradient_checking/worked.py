"""The smallest cases of gradient checking, worked by hand."""

import numpy as np

from grader.course.worked import bracketed, dotted, listed, said, summed

CASE = {
    "forward_propagation": "by hand",
    "backward_propagation": "by hand",
    "gradient_check": "the curvature of a cube, by hand",
    "forward_propagation_n": "two examples, by hand",
    "backward_propagation_n": "two examples, by hand",
    "gradient_check_n": "six cubes, one sign wrong",
}

NAMES = ("W1", "b1", "W2", "b2", "W3", "b3")


def forward_propagation(x, theta):
    yield f"The cost of this model is its parameter times its input: {theta} · {x}.", theta * x


def backward_propagation(x, theta):
    yield f"At theta = {theta} the cost is {theta} · {x}.", theta * x
    yield f"One further on, at theta = {theta + 1}, it is {theta + 1} · {x}.", (theta + 1) * x
    yield (
        f"The cost is a line in theta, so this rise is its slope: {(theta + 1) * x} − {theta * x}. "
        "It is the input.",
        x,
    )


def gradient_check(x, theta, epsilon=1e-7, cost="cube"):
    plus, minus = theta + epsilon, theta - epsilon
    J_plus, J_minus = x * plus**3, x * minus**3
    yield (
        f"This case puts another cost in place: J = x · theta³. A step ahead, at {said(plus)}: "
        f"{x} · {said(plus)}³.",
        J_plus,
    )
    yield f"A step behind, at {said(minus)}: {x} · {said(minus)}³.", J_minus
    approx = (J_plus - J_minus) / (2 * epsilon)
    yield (
        f"The slope from both sides: the two are 2 · {said(epsilon)} apart, so "
        f"({said(J_plus)} − {said(J_minus)}) / {said(2 * epsilon)}.",
        approx,
    )
    grad = 3 * x * theta**2
    yield f"What `backward_propagation` says at theta itself: 3 · {x} · {theta}².", grad
    yield (
        f"How far they are apart, relative to the size of both: |{said(grad)} − {said(approx)}| / "
        f"({said(grad)} + {said(approx)}).",
        abs(grad - approx) / (abs(grad) + abs(approx)),
    )


def forward_propagation_n(X, Y, parameters):
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in NAMES)
    Z1 = W1 @ X + b1
    A1 = np.maximum(Z1, 0)
    first = f"{dotted(W1[0], X[:, 0])} + {bracketed(b1[0, 0])} = {said(Z1[0, 0])}"
    yield f"Layer 1, unit 1, example 1: {first}. Examples are columns. ReLU leaves what is above 0.", A1
    Z2 = W2 @ A1 + b2
    A2 = np.maximum(Z2, 0)
    first = f"{dotted(W2[0], A1[:, 0])} + {said(b2[0, 0])} = {said(Z2[0, 0])}"
    yield f"Layer 2 goes on from there. Example 1: {first}; ReLU leaves it, too.", A2
    Z3 = W3 @ A2 + b3
    firsts = listed(f"{bracketed(W3[0, 0])} · {said(a)} + {said(b3[0, 0])}" for a in A2[0])
    yield f"Layer 3 is linear before its sigmoid: {firsts}.", Z3
    A3 = 1 / (1 + np.exp(-Z3))
    firsts = listed(f"1 / (1 + e to the power {said(-z)})" for z in Z3[0])
    yield f"The sigmoid makes probabilities of that: {firsts}.", A3
    losses = -Y * np.log(A3) - (1 - Y) * np.log(1 - A3)
    yield (
        f"The labels are {said(Y[0])}, so the losses are −log {said(A3[0, 0])} and "
        f"−log (1 − {said(A3[0, 1])}).",
        losses,
    )
    cost = losses.sum() / X.shape[1]
    yield f"The cost is their mean: ({summed(losses[0])}) / {X.shape[1]}.", cost
    return cost, (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_n(X, Y, cache):
    Z1, A1, _, _, Z2, A2, W2, _, _, A3, W3, _ = cache
    m, found = X.shape[1], {"dZ3": A3 - Y}
    begin = listed(f"{said(a)} − {said(y)}" for a, y in zip(A3[0], Y[0]))
    yield f"Begin at the end, with prediction less label: {begin}.", {"dZ3": A3 - Y}
    yield from _layer(found, 3, A2, m)
    yield from _back(found, 2, W3, Z2)
    yield from _layer(found, 2, A1, m)
    yield from _back(found, 1, W2, Z1)
    yield from _layer(found, 1, X, m)
    order = ("dZ3", "dW3", "db3", "dA2", "dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1")
    return {name: found[name] for name in order}


def _layer(found, l, before, m):
    """Say how the gradients of a layer's parameters come about."""
    dZ = found[f"dZ{l}"]
    found |= {f"dW{l}": dZ @ before.T / m, f"db{l}": dZ.sum(axis=1, keepdims=True) / m}
    first = f"({dotted(dZ[0], before[0])}) / {m} = {said(found[f'dW{l}'][0, 0])}"
    yield (
        f"Means over the {m} examples. First entry of `dW{l}`: {first}; of `db{l}`: ({summed(dZ[0])}) / {m}.",
        {name: found[name] for name in (f"dW{l}", f"db{l}")},
    )


def _back(found, l, W, Z):
    """Say how a gradient passes on to the layer before."""
    dZ = found[f"dZ{l + 1}"]
    dA = W.T @ dZ
    found |= {f"dA{l}": dA, f"dZ{l}": np.where(Z > 0, dA, 0.0)}
    first = f"{dotted(W[:, 0], dZ[:, 0])} = {said(dA[0, 0])}"
    yield (
        f"Back through `W{l + 1}`, columns for rows; first entry: {first}. Where `Z{l}` is not above 0, "
        f"`dZ{l}` is 0.",
        {name: found[name] for name in (f"dA{l}", f"dZ{l}")},
    )


def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7, cost="cubes"):
    theta = np.array([parameters[name][0, 0] for name in NAMES])
    yield (
        "All parameters in one vector: W1, b1, W2, b2, W3, b3. This case's cost is the sum of their cubes.",
        theta,
    )
    others = (theta[1:] ** 3).sum()
    plus, minus = (theta[0] + epsilon) ** 3 + others, (theta[0] - epsilon) ** 3 + others
    yield (
        f"Shift the first alone by {said(epsilon)}, up and down; the others' cubes add up to {said(others)}: "
        f"{said(theta[0] + epsilon)}³ + {said(others)} and {said(theta[0] - epsilon)}³ + {said(others)}.",
        np.array([plus, minus]),
    )
    approx = ((theta + epsilon) ** 3 - (theta - epsilon) ** 3) / (2 * epsilon)
    yield (
        f"Its slope is ({said(plus)} − {bracketed(minus)}) / {said(2 * epsilon)} = {said(approx[0])}. "
        "The others likewise, one at a time, all else unmoved.",
        approx,
    )
    grad = np.array([gradients["d" + name][0, 0] for name in NAMES])
    yield "The gradients that are to be checked, in the same order. The first has the wrong sign.", grad
    apart = np.linalg.norm(grad - approx)
    squares = summed((grad - approx) ** 2)
    yield f"One norm for the whole vector: √({squares}).", apart
    lengths = np.linalg.norm(grad), np.linalg.norm(approx)
    yield (
        f"Relative to the size of both vectors: {said(apart)} / ({said(lengths[0])} + {said(lengths[1])}).",
        apart / sum(lengths),
    )
