import numpy as np
import math


def update_parameters_with_gd(parameters, grads, learning_rate):
    new = {}
    for name in parameters:
        p = parameters[name]
        new[name] = np.zeros(p.shape)
        for i in range(p.shape[0]):
            for j in range(p.shape[1]):
                new[name][i, j] = p[i, j] - learning_rate * grads["d" + name][i, j]
    return new


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    permutation = list(np.random.permutation(m))
    mini_batches = []
    xs = []
    ys = []
    for k in permutation:
        xs.append(X[:, k])
        ys.append(Y[:, k])
        if len(xs) == mini_batch_size:
            mini_batches.append((np.array(xs).T, np.array(ys).T))
            xs = []
            ys = []
    # what is left
    if len(xs) > 0:
        mini_batches.append((np.array(xs).T, np.array(ys).T))
    return mini_batches


def exponentially_weighted_average(values, beta, bias_correction=True):
    result = []
    for t in range(1, len(values) + 1):
        total = 0.0
        for i in range(t):
            total += (1 - beta) * math.pow(beta, t - 1 - i) * values[i]
        if bias_correction:
            total = total / (1 - math.pow(beta, t))
        result.append(total)
    return np.array(result)


def initialize_velocity(parameters):
    v = {}
    for l in range(1, len(parameters) // 2 + 1):
        for kind in ["W", "b"]:
            rows, columns = parameters[kind + str(l)].shape
            v["d" + kind + str(l)] = np.array([[0.0] * columns for i in range(rows)])
    return v


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    L = len(parameters) // 2
    for l in range(1, L + 1):
        for kind in ["W", "b"]:
            name = kind + str(l)
            for i in range(parameters[name].shape[0]):
                for j in range(parameters[name].shape[1]):
                    v["d" + name][i, j] = beta * v["d" + name][i, j] + (1 - beta) * grads["d" + name][i, j]
                    parameters[name][i, j] = parameters[name][i, j] - learning_rate * v["d" + name][i, j]
    return parameters, v


def initialize_rmsprop(parameters):
    return initialize_velocity(parameters)


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    for name in parameters:
        g = grads["d" + name]
        for i in range(g.shape[0]):
            for j in range(g.shape[1]):
                s["d" + name][i, j] = beta * s["d" + name][i, j] + (1 - beta) * g[i, j] ** 2
                parameters[name][i, j] -= learning_rate * g[i, j] / (math.sqrt(s["d" + name][i, j]) + epsilon)
    return parameters, s


def initialize_adam(parameters):
    v = initialize_velocity(parameters)
    s = initialize_velocity(parameters)
    return v, s


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01,
                                beta1=0.9, beta2=0.999, epsilon=1e-8):
    for name in parameters:
        d = "d" + name
        for i in range(parameters[name].shape[0]):
            for j in range(parameters[name].shape[1]):
                g = grads[d][i, j]
                v[d][i, j] = beta1 * v[d][i, j] + (1 - beta1) * g
                s[d][i, j] = beta2 * s[d][i, j] + (1 - beta2) * g * g
                v_hat = v[d][i, j] / (1 - math.pow(beta1, t))
                s_hat = s[d][i, j] / (1 - math.pow(beta2, t))
                parameters[name][i, j] -= learning_rate * v_hat / (math.sqrt(s_hat) + epsilon)
    return parameters, v, s


def update_lr(learning_rate0, epoch_num, decay_rate):
    learning_rate = learning_rate0
    learning_rate = learning_rate / (1 + decay_rate * epoch_num)
    return learning_rate


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    k = 0
    while (k + 1) * time_interval <= epoch_num:
        k = k + 1
    return learning_rate0 / (1 + decay_rate * k)


def classify_critical_point(hessian):
    values = np.linalg.eigvals(hessian)
    largest = max(abs(v) for v in values)
    positive = 0
    negative = 0
    zero = 0
    for v in values:
        if abs(v) <= 1e-9 * largest:
            zero += 1
        elif v > 0:
            positive += 1
        else:
            negative += 1
    if positive > 0 and negative > 0:
        return "saddle"
    elif zero > 0:
        return "degenerate"
    elif positive > 0:
        return "minimum"
    else:
        return "maximum"
