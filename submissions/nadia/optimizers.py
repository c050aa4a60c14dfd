import numpy as np

# shorter names, I find them easier to read


def update_parameters_with_gd(params, g, lr):
    return {k: params[k] - lr * g["d" + k] for k in params}


def random_mini_batches(X, Y, size=64, random_seed=0):
    np.random.seed(random_seed)
    perm = np.random.permutation(X.shape[1])
    return [(X[:, perm[i:i + size]], Y[:, perm[i:i + size]]) for i in range(0, X.shape[1], size)]


def exponentially_weighted_average(x, b, correct=True):
    v = 0.0
    res = []
    for t, value in enumerate(x, 1):
        v = b * v + (1 - b) * value
        res.append(v / (1 - b ** t) if correct else v)
    return np.array(res)


def initialize_velocity(params):
    return {"d" + k: np.zeros(params[k].shape) for k in params}


def update_parameters_with_momentum(params, g, v, b, lr):
    v = {k: b * v[k] + (1 - b) * g[k] for k in v}
    return {k: params[k] - lr * v["d" + k] for k in params}, v


def initialize_rmsprop(params):
    return initialize_velocity(params)


def update_parameters_with_rmsprop(params, g, s, b, lr, eps=1e-8):
    s = {k: b * s[k] + (1 - b) * g[k] ** 2 for k in s}
    return {k: params[k] - lr * g["d" + k] / (np.sqrt(s["d" + k]) + eps) for k in params}, s


def initialize_adam(params):
    return initialize_velocity(params), initialize_velocity(params)


def update_parameters_with_adam(params, g, v, s, t, lr=0.01, b1=0.9, b2=0.999, eps=1e-8):
    v = {k: b1 * v[k] + (1 - b1) * g[k] for k in v}
    s = {k: b2 * s[k] + (1 - b2) * g[k] ** 2 for k in s}
    rate = lr * np.sqrt(1 - b2 ** t) / (1 - b1 ** t)
    return {k: params[k] - rate * v["d" + k] / (np.sqrt(s["d" + k]) + eps) for k in params}, v, s


def Update_lr(lr0, epoch, decay):
    return lr0 / (1 + decay * epoch)


def schedule_lr_decay(lr0, epoch, decay, interval=1000):
    return lr0 / (1 + decay * int(epoch / interval))


def classify_critical_point(H):
    w = np.linalg.eigvalsh(H)
    small = 1e-9 * max(abs(w))
    if min(w) < -small and max(w) > small:
        return "saddle"
    if min(abs(w)) <= small:
        return "degenerate"
    return "minimum" if min(w) > 0 else "maximum"
