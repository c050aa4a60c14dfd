"""Other right ways to write the remedies: layer by layer, one example at a time, by closed expressions."""

import math
import random

import numpy as np

from grader.course.declare import alternative


@alternative("compute_cost_with_regularization")
def cost_in_loops(A3, Y, parameters, lambd):
    cost, squares, m = 0.0, 0.0, len(Y[0])
    for a, y in zip(A3[0], Y[0], strict=True):
        cost -= math.log(a) if y == 1 else math.log(1 - a)
    for l in (1, 2, 3):
        for w in parameters[f"W{l}"].flat:
            squares += w * w
    return (cost + lambd * squares / 2) / m


@alternative("compute_cost_with_regularization")
def cost_by_norms(A3, Y, parameters, lambd):
    of_truth = np.where(Y == 1, A3, 1 - A3)
    lengths = [np.linalg.norm(value) for name, value in parameters.items() if name[0] == "W"]
    return -np.log(of_truth).mean() + 0.5 * lambd * np.dot(lengths, lengths) / A3.size


def back_through_layers(X, Y, cache, lambd, masks=None, keep_prob=1.0):
    """Gradients from the last layer to the first, each array changed in place."""
    per_layer = len(cache) // 3 if masks is None else 5
    A = {0: X, 1: cache[per_layer - 3], 2: cache[2 * per_layer - 3], 3: cache[-3]}
    W = {1: cache[per_layer - 2], 2: cache[2 * per_layer - 2], 3: cache[-2]}
    gradients = {"dZ3": np.subtract(A[3], Y)}
    for l in (3, 2, 1):
        dZ = gradients[f"dZ{l}"]
        gradients[f"dW{l}"] = (dZ @ A[l - 1].T + lambd * W[l]) / Y.size
        gradients[f"db{l}"] = dZ.mean(axis=1).reshape(-1, 1)
        if l > 1:
            dA = W[l].T @ dZ
            if masks is not None:
                dA[~np.asarray(masks[l - 2], dtype=bool)] = 0
                dA /= keep_prob
            gradients[f"dA{l - 1}"] = dA
            gradients[f"dZ{l - 1}"] = np.where(A[l - 1] > 0, dA, 0)
    return gradients


def back_by_examples(X, Y, layers, lambd, scales):
    """Gradients as what single examples give: columns side by side, outer products added up."""
    A1, A2, A3, W1, W2, W3 = layers
    m = X.shape[1]
    columns = {key: [] for key in ("dZ3", "dA2", "dZ2", "dA1", "dZ1")}
    total = {"dW1": lambd * W1 / m, "dW2": lambd * W2 / m, "dW3": lambd * W3 / m}
    for i in range(m):
        z3 = A3[:, i] - Y[:, i]
        a2 = W3.T.dot(z3) * scales[1][:, i]
        z2 = np.array([slope if unit > 0 else 0.0 for slope, unit in zip(a2, A2[:, i], strict=True)])
        a1 = W2.T.dot(z2) * scales[0][:, i]
        z1 = np.array([slope if unit > 0 else 0.0 for slope, unit in zip(a1, A1[:, i], strict=True)])
        for key, column in zip(columns, (z3, a2, z2, a1, z1), strict=True):
            columns[key].append(column)
        total["dW3"] = total["dW3"] + np.outer(z3, A2[:, i]) / m
        total["dW2"] = total["dW2"] + np.outer(z2, A1[:, i]) / m
        total["dW1"] = total["dW1"] + np.outer(z1, X[:, i]) / m
    whole = {key: np.stack(each, axis=1) for key, each in columns.items()}
    biases = {f"db{l}": whole[f"dZ{l}"] @ np.full((m, 1), 1 / m) for l in (1, 2, 3)}
    return whole | total | biases


@alternative("backward_propagation_with_regularization")
def back_layer_by_layer(X, Y, cache, lambd):
    return back_through_layers(X, Y, cache, lambd)


@alternative("backward_propagation_with_regularization")
def back_example_by_example(X, Y, cache, lambd):
    _, A1, W1, _, _, A2, W2, _, _, A3, W3, _ = cache
    return back_by_examples(X, Y, (A1, A2, A3, W1, W2, W3), lambd, (np.ones(A1.shape), np.ones(A2.shape)))


@alternative("forward_propagation_with_dropout")
def forward_layer_by_layer(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    A, cache = X, []
    for l in (1, 2):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        D = np.random.rand(*Z.shape)
        D = (keep_prob > D).astype(int)
        A = np.where(Z > 0, Z, 0)
        A *= D
        A /= keep_prob
        cache += [Z, D, A, W, b]
    W3, b3 = parameters["W3"], parameters["b3"]
    Z3 = W3 @ A + b3
    A3 = np.reciprocal(1 + np.exp(-Z3))
    return A3, (*cache, Z3, A3, W3, b3)


@alternative("forward_propagation_with_dropout")
def forward_number_by_number(X, parameters, keep_prob=0.5):
    """One uniform number after the other; the masks are floats, the sigmoid a hyperbolic tangent."""
    np.random.seed(1)
    W1, b1, W2, b2, W3, b3 = (parameters[f"{kind}{l}"] for l in (1, 2, 3) for kind in "Wb")

    def layer(W, A, b):
        Z, kept, left = np.empty((len(W), A.shape[1])), [], np.zeros((len(W), A.shape[1]))
        for unit, example in np.ndindex(Z.shape):
            Z[unit, example] = sum(w * a for w, a in zip(W[unit], A[:, example], strict=True)) + b[unit, 0]
            kept.append(1.0 if np.random.rand() < keep_prob else 0.0)
            if kept[-1]:
                left[unit, example] = max(Z[unit, example], 0.0) / keep_prob
        return Z, np.reshape(kept, Z.shape), left

    Z1, D1, A1 = layer(W1, X, b1)
    Z2, D2, A2 = layer(W2, A1, b2)
    Z3 = np.einsum("ij,jk->ik", W3, A2) + b3
    A3 = 0.5 * np.tanh(Z3 / 2) + 0.5
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


@alternative("backward_propagation_with_dropout")
def back_through_masks(X, Y, cache, keep_prob):
    return back_through_layers(X, Y, cache, 0.0, (cache[1], cache[6]), keep_prob)


@alternative("backward_propagation_with_dropout")
def back_by_scales(X, Y, cache, keep_prob):
    """Mask and division are one factor for each unit."""
    _, D1, A1, W1, _, _, D2, A2, W2, _, _, A3, W3, _ = cache
    scales = np.where(D1, 1 / keep_prob, 0.0), np.where(D2, 1 / keep_prob, 0.0)
    return back_by_examples(X, Y, (A1, A2, A3, W1, W2, W3), 0.0, scales)


@alternative("random_flip")
def flip_one_by_one(images, p, seed):
    chance = random.Random(seed)
    return np.stack([np.fliplr(image) if chance.random() < p else image for image in images])


@alternative("random_flip")
def flip_with_where(images, p, seed):
    mirrored = np.random.RandomState(seed).binomial(1, p, (images.shape[0], 1, 1, 1))
    return np.where(mirrored == 1, np.flip(images, axis=2), images)


@alternative("random_crop")
def crop_in_loops(images, size, seed):
    random.seed(seed)
    crops = np.empty((images.shape[0], *size, images.shape[3]))
    for i, image in enumerate(images):
        top = random.randint(0, image.shape[0] - size[0])
        left = random.randint(0, image.shape[1] - size[1])
        for row in range(size[0]):
            for column in range(size[1]):
                crops[i, row, column] = image[top + row, left + column]
    return crops


@alternative("random_crop")
def crop_out_of_all_windows(images, size, seed):
    """All windows of an image in one row, one of them drawn."""
    windows = np.lib.stride_tricks.sliding_window_view(images, size, axis=(1, 2))
    count, down, across = windows.shape[:3]
    np.random.seed(seed)
    place = np.random.choice(down * across, count)
    drawn = windows[np.arange(count), place // across, place % across]
    return np.moveaxis(drawn, 1, -1)


@alternative("early_stopping")
def stop_by_looking_ahead(dev_errors, patience):
    """From the best epoch on, look for a better one among as many as patience allows."""
    best = 0
    while True:
        ahead = range(best + 1, min(best + 1 + patience, len(dev_errors)))
        better = [epoch for epoch in ahead if dev_errors[epoch] < dev_errors[best]]
        if not better:
            return best
        best = better[0]


@alternative("early_stopping")
def stop_by_records(dev_errors, patience):
    """The first record after which the next one is too far away."""
    lowest = np.minimum.accumulate(dev_errors)
    records = np.flatnonzero(np.append(True, np.diff(lowest) < 0))
    too_far = np.append(np.diff(records) > patience, True)
    return int(records[np.argmax(too_far)])
