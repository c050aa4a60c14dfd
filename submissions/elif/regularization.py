import numpy as np

LAYERS = (1, 2, 3)


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    return compute_cost(A3, Y) + lambd / 2 / Y.size * sum(np.vdot(parameters[f"W{l}"], parameters[f"W{l}"]) for l in LAYERS)


def back(X, Y, activations, weights, through):
    """The way back for any network of three layers; `through` is what happens to a gradient of A."""
    A, g, m = [X, *activations], {}, X.shape[1]
    dZ = A[3] - Y
    for l in reversed(LAYERS):
        g |= {f"dZ{l}": dZ, f"dW{l}": np.einsum("ik,jk->ij", dZ, A[l - 1]) / m, f"db{l}": dZ.mean(1, keepdims=True)}
        if l > 1:
            g[f"dA{l - 1}"] = through(weights[l - 1].T @ dZ, l - 1)
            dZ = g[f"dA{l - 1}"] * (A[l - 1] > 0)
    return g


def backward_propagation_with_regularization(X, Y, cache, lambd):
    _, A1, W1, _, _, A2, W2, _, _, A3, W3, _ = cache
    g = back(X, Y, (A1, A2, A3), (W1, W2, W3), lambda dA, l: dA)
    return g | {f"dW{l}": g[f"dW{l}"] + lambd / X.shape[1] * W for l, W in zip(LAYERS, (W1, W2, W3))}


def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    A, cache = X, ()
    for l in (1, 2):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = W @ A + b
        D = np.random.rand(*Z.shape) < keep_prob
        A = np.where(D, relu(Z), 0) / keep_prob
        cache += (Z, D, A, W, b)
    Z3 = parameters["W3"] @ A + parameters["b3"]
    A3 = 1 / (1 + np.exp(-Z3))
    return A3, cache + (Z3, A3, parameters["W3"], parameters["b3"])


def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    _, D1, A1, W1, _, _, D2, A2, W2, _, _, A3, W3, _ = cache
    masks = {1: D1, 2: D2}
    return back(X, Y, (A1, A2, A3), (W1, W2, W3), lambda dA, l: dA * masks[l])


def random_flip(images, p, seed):
    chosen = np.random.RandomState(seed).uniform(size=len(images)) < p
    return np.stack([image[::-1] if flip else image for image, flip in zip(images, chosen)])


def random_crop(images, size, seed):
    state = np.random.RandomState(seed)
    ys = state.randint(images.shape[1] - size[0] + 1, size=len(images))
    xs = state.randint(images.shape[2] - size[1] + 1, size=len(images))
    return np.stack([image[y:, x:][: size[0], : size[1]] for image, y, x in zip(images, ys, xs)])


def early_stopping(dev_errors, patience):
    running = np.minimum.accumulate(dev_errors)
    better = [0] + [e for e in range(1, len(dev_errors)) if dev_errors[e] < running[e - 1]]
    gaps = [(a, b) for a, b in zip(better, better[1:] + [np.inf]) if b - a > patience]
    return gaps[0][0] if gaps else better[-1]
