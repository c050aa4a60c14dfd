"""Other right ways to write the optimisers: layer by layer, in place, as vectors, by closed formulas."""

import math

import numpy as np

from grader.course.declare import alternative


def layers(parameters):
    """The numbers of the layers."""
    return range(1, len(parameters) // 2 + 1)


@alternative("update_parameters_with_gd")
def gd_in_place(parameters, grads, learning_rate):
    for l in layers(parameters):
        parameters[f"W{l}"] -= learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] -= learning_rate * grads[f"db{l}"]
    return parameters


@alternative("update_parameters_with_gd")
def gd_entry_by_entry(parameters, grads, learning_rate):
    updated = {}
    for name in parameters:
        updated[name] = np.empty(parameters[name].shape)
        for place in np.ndindex(parameters[name].shape):
            step = grads["d" + name][place] * -learning_rate
            updated[name][place] = step + parameters[name][place]
    return updated


@alternative("random_mini_batches")
def batches_full_then_rest(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    np.random.seed(seed)
    permutation = list(np.random.permutation(m))
    shuffled_X, shuffled_Y = X[:, permutation], Y[:, permutation].reshape((1, m))
    full = math.floor(m / mini_batch_size)
    batches = []
    for k in range(full):
        chosen = slice(k * mini_batch_size, (k + 1) * mini_batch_size)
        batches.append((shuffled_X[:, chosen], shuffled_Y[:, chosen]))
    if m % mini_batch_size != 0:
        batches.append((shuffled_X[:, full * mini_batch_size :], shuffled_Y[:, full * mini_batch_size :]))
    return batches


@alternative("random_mini_batches")
def batches_column_by_column(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    batches, columns, labels = [], [], []
    for example in np.random.permutation(X.shape[1]):
        columns.append(X[:, example])
        labels.append(Y[0, example])
        if len(columns) == mini_batch_size:
            batches.append((np.array(columns).T, np.array(labels).reshape(1, -1)))
            columns, labels = [], []
    if columns:
        batches.append((np.array(columns).T, np.array(labels).reshape(1, -1)))
    return batches


@alternative("exponentially_weighted_average")
def average_by_its_weights(values, beta, bias_correction=True):
    """v_t is the sum of (1 - beta) beta^(t - i) x_i."""
    n = len(values)
    age = np.arange(n)[:, None] - np.arange(n)[None, :]
    weights = np.where(age >= 0, (1 - beta) * float(beta) ** np.maximum(age, 0), 0.0)
    if bias_correction:
        weights = weights / weights.sum(axis=1, keepdims=True)
    return weights @ values


@alternative("exponentially_weighted_average")
def average_as_a_list(values, beta, bias_correction=True):
    averages, v, left = [], 0.0, 1.0
    for x in values:
        v += (1 - beta) * (x - v)
        left *= beta
        averages.append(v / (1 - left) if bias_correction else v)
    return averages


def zeros_like_each(parameters):
    """Zeros by layers."""
    state = {}
    for l in layers(parameters):
        state["dW" + str(l)] = np.zeros_like(parameters["W" + str(l)])
        state["db" + str(l)] = np.zeros_like(parameters["b" + str(l)])
    return state


def nothing_of_each(parameters):
    """Zeros as what is left of a parameter without itself."""
    return {f"d{name}": value - value for name, value in parameters.items()}


@alternative("initialize_velocity")
def velocity_by_layers(parameters):
    return zeros_like_each(parameters)


@alternative("initialize_velocity")
def velocity_of_nothing(parameters):
    return nothing_of_each(parameters)


@alternative("update_parameters_with_momentum")
def momentum_in_place(parameters, grads, v, beta, learning_rate):
    for l in layers(parameters):
        v[f"dW{l}"] = (1 - beta) * grads[f"dW{l}"] + beta * v[f"dW{l}"]
        v[f"db{l}"] = (1 - beta) * grads[f"db{l}"] + beta * v[f"db{l}"]
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * v[f"dW{l}"]
        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * v[f"db{l}"]
    return parameters, v


@alternative("update_parameters_with_momentum")
def momentum_by_differences(parameters, grads, v, beta, learning_rate):
    """The velocity moves towards the gradient by 1 - beta of what lies between them."""
    velocity = {key: old + (1 - beta) * (grads[key] - old) for key, old in v.items()}
    return {
        name: value - velocity["d" + name] * learning_rate for name, value in parameters.items()
    }, velocity


@alternative("initialize_rmsprop")
def rmsprop_by_layers(parameters):
    return zeros_like_each(parameters)


@alternative("initialize_rmsprop")
def rmsprop_of_nothing(parameters):
    return nothing_of_each(parameters)


@alternative("update_parameters_with_rmsprop")
def rmsprop_in_place(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    for l in layers(parameters):
        for kind in "Wb":
            gradient = grads[f"d{kind}{l}"]
            s[f"d{kind}{l}"] = beta * s[f"d{kind}{l}"] + (1 - beta) * np.square(gradient)
            step = np.divide(gradient, np.sqrt(s[f"d{kind}{l}"]) + epsilon)
            parameters[f"{kind}{l}"] -= learning_rate * step
    return parameters, s


@alternative("update_parameters_with_rmsprop")
def rmsprop_entry_by_entry(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    moved, squares = {}, {}
    for name, value in parameters.items():
        moved[name], squares["d" + name] = np.array(value), np.array(s["d" + name])
        for place in np.ndindex(value.shape):
            g = grads["d" + name][place]
            old = s["d" + name][place]
            new = old + (1 - beta) * (g * g - old)
            squares["d" + name][place] = new
            moved[name][place] = value[place] - learning_rate / (math.sqrt(new) + epsilon) * g
    return moved, squares


@alternative("initialize_adam")
def adam_by_layers(parameters):
    return zeros_like_each(parameters), zeros_like_each(parameters)


@alternative("initialize_adam")
def adam_of_nothing(parameters):
    return nothing_of_each(parameters), nothing_of_each(parameters)


@alternative("update_parameters_with_adam")
def adam_in_place(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    for l in layers(parameters):
        for kind in "Wb":
            key = f"d{kind}{l}"
            v[key] = beta1 * v[key] + (1 - beta1) * grads[key]
            s[key] = beta2 * s[key] + (1 - beta2) * np.power(grads[key], 2)
            v_corrected = v[key] / (1 - np.power(beta1, t))
            s_corrected = s[key] / (1 - np.power(beta2, t))
            parameters[f"{kind}{l}"] -= learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
    return parameters, v, s


@alternative("update_parameters_with_adam")
def adam_with_a_corrected_rate(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    """Both corrections are moved into the rate and into epsilon."""
    root = math.sqrt(1 - beta2**t)
    rate = learning_rate * root / (1 - beta1**t)
    v = {key: old + (1 - beta1) * (grads[key] - old) for key, old in v.items()}
    s = {key: old + (1 - beta2) * (grads[key] * grads[key] - old) for key, old in s.items()}
    moved = {
        name: value - rate * v["d" + name] / (np.sqrt(s["d" + name]) + epsilon * root)
        for name, value in parameters.items()
    }
    return moved, v, s


@alternative("update_lr")
def rate_as_a_power(learning_rate0, epoch_num, decay_rate):
    return (1 + epoch_num * decay_rate) ** -1 * learning_rate0


@alternative("update_lr")
def rate_by_its_inverse(learning_rate0, epoch_num, decay_rate):
    return 1 / (1 / learning_rate0 + decay_rate * epoch_num / learning_rate0)


@alternative("schedule_lr_decay")
def stairs_with_floor(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return 1 / (1 + decay_rate * np.floor(epoch_num / time_interval)) * learning_rate0


@alternative("schedule_lr_decay")
def stairs_without_the_rest(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    steps = (epoch_num - epoch_num % time_interval) / time_interval
    return learning_rate0 / (1 + decay_rate * steps)


@alternative("classify_critical_point")
def kind_by_counting(hessian):
    eigenvalues = sorted(np.linalg.eigvals(hessian).real)
    crumb = 1e-9 * max(abs(eigenvalues[0]), abs(eigenvalues[-1]))
    up = sum(value > crumb for value in eigenvalues)
    down = sum(value < -crumb for value in eigenvalues)
    if up > 0 and down > 0:
        return "saddle"
    if up + down < len(eigenvalues):
        return "degenerate"
    return "maximum" if down else "minimum"


@alternative("classify_critical_point")
def kind_by_signs(hessian):
    """The eigenvalues over the largest one, those near zero rounded off."""
    eigenvalues = np.linalg.eigh(hessian)[0]
    largest = np.linalg.norm(eigenvalues, np.inf)
    shares = eigenvalues / largest if largest > 0 else eigenvalues
    signs = set(np.where(np.abs(shares) <= 1e-9, 0, np.sign(shares)).astype(int).tolist())
    if {-1, 1} <= signs:
        return "saddle"
    return {frozenset({1}): "minimum", frozenset({-1}): "maximum"}.get(frozenset(signs), "degenerate")
