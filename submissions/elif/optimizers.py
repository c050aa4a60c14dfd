import numpy as np
from itertools import accumulate


def tree(f, *dicts):
    """Apply f to the values that several dictionaries have under the same key of the first one."""
    return {k: f(*(d[k] for d in dicts)) for k in dicts[0]}


def named(parameters):
    return {f"d{k}": p for k, p in parameters.items()}


def moved(parameters, step):
    return {k: p + step[f"d{k}"] for k, p in parameters.items()}


def update_parameters_with_gd(parameters, grads, learning_rate):
    return moved(parameters, tree(lambda g: learning_rate * g, grads))


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    return [
        (X[:, order[k : k + mini_batch_size]], Y[:, order[k : k + mini_batch_size]])
        for k in range(0, len(order), mini_batch_size)
    ]


def exponentially_weighted_average(values, beta, bias_correction=True):
    v = np.array(list(accumulate(values, lambda v, x: beta * v + (1 - beta) * x, initial=0.0)))[1:]
    return v / (1 - np.power(beta, 1 + np.arange(v.size))) if bias_correction else v


def initialize_velocity(parameters):
    return tree(np.zeros_like, named(parameters))


initialize_rmsprop = initialize_velocity


def initialize_adam(parameters):
    return initialize_velocity(parameters), initialize_velocity(parameters)


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    v = tree(lambda v, g: beta * v + g, v, grads)
    return moved(parameters, tree(lambda v: -learning_rate * v, v)), v


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    s = tree(lambda s, g: beta * s + (1 - beta) * g * g, s, grads)
    return moved(parameters, tree(lambda s, g: -learning_rate * g / (s ** 0.5 + epsilon), s, grads)), s


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    v = tree(lambda v, g: beta1 * v + (1 - beta1) * g, v, grads)
    s = tree(lambda s, g: beta2 * s + (1 - beta2) * g * g, s, grads)
    t = t + 1
    step = tree(lambda v, s: -learning_rate * v / (1 - beta1 ** t) / ((s / (1 - beta2 ** t)) ** 0.5 + epsilon), v, s)
    return moved(parameters, step), v, s


def update_lr(learning_rate0, epoch_num, decay_rate):
    return learning_rate0 / (1 + decay_rate) ** epoch_num


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return update_lr(learning_rate0, epoch_num // time_interval, decay_rate)


def classify_critical_point(hessian):
    e = np.linalg.eigvalsh(hessian)
    e = np.where(abs(e) <= 1e-9 * abs(e).max(), 0, e)
    low, high = e.min(), e.max()
    return "saddle" if low < 0 < high else "degenerate" if 0 in e else "minimum" if low > 0 else "maximum"
