"""Optimisers, Amara."""
import numpy as np


def update_parameters_with_gd(parameters, grads, learning_rate):
    return {k: parameters[k] - learning_rate * grads["d" + k] for k in parameters}


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    cuts = np.arange(mini_batch_size, order.size, mini_batch_size)
    return [(X[:, chosen], Y[:, chosen]) for chosen in np.split(order, cuts)]


def exponentially_weighted_average(values, beta, bias_correction=True):
    averages, v = [], 0.0
    for x in values:
        v = beta * v + (1 - beta) * x
        averages.append(v)
    steps = np.arange(1, len(averages) + 1)
    return np.array(averages) / (1 - beta**steps) if bias_correction else np.array(averages)


def _zeros(parameters):
    return {"d" + k: np.zeros_like(p) for k, p in parameters.items()}


def initialize_velocity(parameters):
    return _zeros(parameters)


def initialize_rmsprop(parameters):
    return _zeros(parameters)


def initialize_adam(parameters):
    return _zeros(parameters), _zeros(parameters)


def _blend(old, new, share):
    return {k: share * old[k] + (1 - share) * new[k] for k in old}


def _squared(grads, keys):
    return {k: np.square(grads[k]) for k in keys}


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    v = _blend(v, grads, beta)
    return update_parameters_with_gd(parameters, v, learning_rate), v


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    s = _blend(s, _squared(grads, s), beta)
    step = {k: grads[k] / (np.sqrt(s[k]) + epsilon) for k in s}
    return update_parameters_with_gd(parameters, step, learning_rate), s


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    v = _blend(v, grads, beta1)
    s = _blend(s, _squared(grads, s), beta2)
    v_corrected = {k: v[k] / (1 - beta1**t) for k in v}
    s_corrected = {k: s[k] / (1 - beta2**t) for k in s}
    step = {k: v_corrected[k] / (np.sqrt(s_corrected[k]) + epsilon) for k in v}
    return update_parameters_with_gd(parameters, step, learning_rate), v, s, v_corrected, s_corrected


def update_lr(learning_rate0, epoch_num, decay_rate):
    return learning_rate0 / (1 + decay_rate * epoch_num)


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return learning_rate0 / (1 + decay_rate * np.floor(epoch_num / time_interval))


def classify_critical_point(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    crumbs = 1e-9 * np.abs(eigenvalues).max()
    signs = set(np.where(np.abs(eigenvalues) <= crumbs, 0, np.sign(eigenvalues)).astype(int))
    if {1, -1} <= signs:
        return "saddle"
    if 0 in signs:
        return "degenerate"
    return "minimum" if signs == {1} else "maximum"
