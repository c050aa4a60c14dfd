"""The smallest cases of regularization, worked by hand."""

import numpy as np

from grader.course.worked import bracketed, dotted, listed, said, summed

CASE = {
    "compute_cost_with_regularization": "undecided predictions, small whole weights",
    "backward_propagation_with_regularization": "two undecided predictions, by hand",
    "forward_propagation_with_dropout": "small whole numbers",
    "backward_propagation_with_dropout": "two undecided predictions, by hand",
    "random_flip": "every image is mirrored",
    "random_crop": "two small images",
    "early_stopping": "a better epoch after the stop is never seen",
}

GRADIENTS = ("dZ3", "dW3", "db3", "dA2", "dZ2", "dW2", "db2", "dA1", "dZ1", "dW1", "db1")


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    entropy = float((-np.log(A3) * Y - np.log(1 - A3) * (1 - Y)).sum() / m)
    yield (
        f"`compute_cost` gives the cross-entropy. Here every prediction is {said(A3[0, 0])}: −log 0.5.",
        entropy,
    )
    squares = np.array([float((parameters[f"W{l}"] ** 2).sum()) for l in (1, 2, 3)])
    first = summed(parameters["W1"].ravel() ** 2)
    yield f"Squares of the weights, layer by layer. `W1`: {first} = {said(squares[0])}. No biases.", squares
    penalty = lambd / (2 * m) * squares.sum()
    yield (
        f"The penalty: {said(lambd)} / (2 · {m}) · ({summed(squares)}), with m = {m} examples.",
        penalty,
    )
    yield f"The cost has both: {said(entropy)} + {said(penalty)}.", entropy + penalty


def backward_propagation_with_regularization(X, Y, cache, lambd):
    _, A1, W1, _, _, A2, W2, _, _, A3, W3, _ = cache
    m, found = X.shape[1], {}
    found["dZ3"] = A3 - Y
    begin = listed(f"{said(a)} − {said(y)}" for a, y in zip(A3[0], Y[0]))
    yield f"Begin at the end, as without a penalty: {begin}.", {"dZ3": found["dZ3"]}
    yield from _penalised(found, 3, A2, W3, m, lambd)
    yield from _back(found, 2, W3, A2)
    yield from _penalised(found, 2, A1, W2, m, lambd)
    yield from _back(found, 1, W2, A1)
    yield from _penalised(found, 1, X, W1, m, lambd)
    return {name: found[name] for name in GRADIENTS}


def _penalised(found, l, before, W, m, lambd):
    """Say how the gradients of a layer's parameters come about, with the penalty."""
    dZ = found[f"dZ{l}"]
    dW, db = dZ @ before.T / m + lambd / m * W, dZ.sum(axis=1, keepdims=True) / m
    found |= {f"dW{l}": dW, f"db{l}": db}
    yield (
        f"`dW{l}` begins with ({dotted(dZ[0], before[0])}) / {m} from the data and "
        f"{said(lambd)} / {m} · {bracketed(W[0, 0])} from the penalty; `db{l}` has none.",
        {f"dW{l}": dW, f"db{l}": db},
    )


def _back(found, l, W, A):
    """Say how a gradient passes on to the layer before."""
    dZ = found[f"dZ{l + 1}"]
    dA = W.T @ dZ + 0.0
    found |= {f"dA{l}": dA, f"dZ{l}": dA * (A > 0) + 0.0}
    first = dotted(W[:, 0], dZ[:, 0])
    yield (
        f"Back through `W{l + 1}`; first entry: {first} = {said(dA[0, 0])}. "
        f"`dZ{l}` is 0 where `A{l}` is 0, as ReLU wants it.",
        {f"dA{l}": dA, f"dZ{l}": found[f"dZ{l}"]},
    )


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    rng = np.random.RandomState(1)
    Z1 = W1 @ X + b1
    first = f"{dotted(W1[0], X[:, 0])} + {said(b1[0, 0])} = {said(Z1[0, 0])}"
    yield f"Layer 1 as ever. Unit 1, example 1: {first}; ReLU comes next.", Z1
    draws = rng.random_sample(Z1.shape)
    D1 = draws < keep_prob
    yield f"With the seed 1, the first {draws.size} draws, in the shape of A1, are these.", draws
    yield f"A unit is kept for an example where its draw is below {said(keep_prob)}.", D1
    A1 = np.maximum(Z1, 0) * D1 / keep_prob
    yield f"What is switched off becomes 0; what is kept is divided by {said(keep_prob)}.", A1
    Z2 = W2 @ A1 + b2
    first = f"{dotted(W2[0], A1[:, 0])} + {bracketed(b2[0, 0])} = {said(Z2[0, 0])}"
    yield f"Layer 2 goes on from there. Unit 1, example 1: {first}.", Z2
    draws = rng.random_sample(Z2.shape)
    yield "Its draws are the next ones of the same generator, which is not seeded again.", draws
    D2 = draws < keep_prob
    A2 = np.maximum(Z2, 0) * D2 / keep_prob
    yield "ReLU, mask and division as in layer 1.", {"D2": D2, "A2": A2}
    Z3 = W3 @ A2 + b3
    A3 = 1 / (1 + np.exp(-Z3))
    first = f"{dotted(W3[0], A2[:, 0])} + {bracketed(b3[0, 0])} = {said(Z3[0, 0])}"
    yield f"The output has no dropout. Example 1: {first}, and the sigmoid of it.", {"Z3": Z3, "A3": A3}
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    _, D1, A1, _, _, _, D2, A2, W2, _, _, A3, W3, _ = cache
    m, found = X.shape[1], {}
    found["dZ3"] = A3 - Y
    begin = listed(f"{said(a)} − {said(y)}" for a, y in zip(A3[0], Y[0]))
    yield f"Begin at the end, as ever: {begin}.", {"dZ3": found["dZ3"]}
    yield from _layer(found, 3, A2, m)
    yield from _back_masked(found, 2, W3, D2, A2, keep_prob)
    yield from _layer(found, 2, A1, m)
    yield from _back_masked(found, 1, W2, D1, A1, keep_prob)
    yield from _layer(found, 1, X, m)
    return {name: found[name] for name in GRADIENTS}


def _layer(found, l, before, m):
    """Say how the gradients of a layer's parameters come about."""
    dZ = found[f"dZ{l}"]
    dW, db = dZ @ before.T / m + 0.0, dZ.sum(axis=1, keepdims=True) / m
    found |= {f"dW{l}": dW, f"db{l}": db}
    what = "`X`" if l == 1 else f"`A{l - 1}` as dropout left it"
    first = f"({dotted(dZ[0], before[0])}) / {m} = {said(dW[0, 0])}"
    yield (
        f"Means over the {m} examples, with {what}. First entry of `dW{l}`: {first}; "
        f"of `db{l}`: ({summed(dZ[0])}) / {m}.",
        {f"dW{l}": dW, f"db{l}": db},
    )


def _back_masked(found, l, W, D, A, keep_prob):
    """Say how a gradient passes on to the layer before, which had dropout."""
    dA = (W.T @ found[f"dZ{l + 1}"]) * D / keep_prob + 0.0
    dZ = dA * (A > 0) + 0.0
    found |= {f"dA{l}": dA, f"dZ{l}": dZ}
    first = (W.T @ found[f"dZ{l + 1}"])[0, 0]
    written = dotted(W[:, 0], found[f"dZ{l + 1}"][:, 0])
    yield (
        f"Back through `W{l + 1}`; first entry: {written} = {said(first)}. `D{l}` kept it: "
        f"{said(first)} / {said(keep_prob)}. What `D{l}` dropped is 0; ReLU comes last.",
        {f"dA{l}": dA, f"dZ{l}": dZ},
    )


def random_flip(images, p, seed):
    m, _, W, _ = images.shape
    yield (
        f"With p = {said(p)} chance has no say: each of the {m} images is mirrored, whatever is drawn.",
        [True] * m,
    )
    row = images[0, 0, :, 0]
    yield (
        f"Columns change places, the first with the last of {W}. The first row was {said(row)}.",
        row[::-1],
    )
    yield "Rows stay in their order: this is all of the first image.", images[0, :, ::-1, 0]
    yield (
        f"And these are both images, with their channel. The shape is still {images.shape}.",
        images[:, :, ::-1],
    )


def random_crop(images, size, seed):
    (m, H, W, _), (h, w) = images.shape, size

    def crops(seed):
        rng = np.random.default_rng(seed)
        tops, lefts = rng.integers(0, H - h + 1, m), rng.integers(0, W - w + 1, m)
        return np.array([images[i, t : t + h, l : l + w] for i, (t, l) in enumerate(zip(tops, lefts))])

    yield (
        f"A window of {h} rows in images of {H} may begin at row 0 up to {H} − {h}: {H - h + 1} places.",
        H - h + 1,
    )
    yield (
        f"And of {w} columns in {W} at column 0 up to {W} − {w}: {W - w + 1} places. All are equally likely.",
        W - w + 1,
    )
    rng = np.random.default_rng(seed)
    places = np.stack([rng.integers(0, H - h + 1, m), rng.integers(0, W - w + 1, m)], axis=1)
    top, left = places[0]
    yield (
        f"One generator, seeded with {seed}, draws these rows and columns, a pair for each image. "
        "Yours may draw others.",
        places,
    )
    yield (
        f"The first image from row {top} and column {left} on: {h} rows and {w} columns.",
        images[0, top : top + h, left : left + w, 0],
    )
    yield "The windows of all images. With the same seed they are the same again.", crops(seed)
    return {
        "result": crops(seed),
        "same seed again": crops(seed),
        "other seeds": np.array([crops(seed + 1009 * count) for count in range(1, 13)]),
    }


def early_stopping(dev_errors, patience):
    best, waited = 0, 0
    yield f"Epoch 0 has the error {said(dev_errors[0])}, the best so far.", best
    for epoch in range(1, len(dev_errors)):
        error, lowest = dev_errors[epoch], dev_errors[best]
        if error < lowest:
            best, waited = epoch, 0
            yield f"Epoch {epoch}: {said(error)} is below {said(lowest)}, so it is the best now.", best
            continue
        waited += 1
        said_so = f"Epoch {epoch}: {said(error)} is not below {said(lowest)}; {waited} without improvement"
        if waited == patience:
            yield f"{said_so}, which is as long as patience lasts. What comes later is never seen.", best
            return
        yield f"{said_so}.", best
