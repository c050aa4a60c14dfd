import numpy as np


def update_parameters_with_gd(parameters, grads, learning_rate):
    L = len(parameters) // 2
    l = 1
    while l <= L:
        parameters["W%i" % l] = parameters["W%i" % l] - learning_rate * grads["dW%i" % l]
        parameters["b%i" % l] = parameters["b%i" % l] - learning_rate * grads["db%i" % l]
        l += 1
    return parameters


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    permutation = np.random.permutation(m)
    X = X[:, permutation]
    Y = Y[:, permutation]
    batches = []
    start = 0
    while start < m:
        batches.append((X[:, start:start + mini_batch_size], Y[:, start:start + mini_batch_size]))
        # TODO next batch
    return batches


def exponentially_weighted_average(values, beta, bias_correction=True):
    v = np.zeros(len(values) + 1)
    t = 1
    while t <= len(values):
        v[t] = beta * v[t - 1] + (1 - beta) * values[t - 1]
        t += 1
    if bias_correction:
        return v[1:] / (1 - beta ** np.arange(1, len(values) + 1))
    return v[1:]


def initialize_velocity(parameters):
    v = {}
    for key in parameters:
        v["d" + key] = 0 * parameters[key]
    return v


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for key in parameters:
        v["d" + key] = beta * v["d" + key] + (1 - beta) * grads["d" + key]
        parameters[key] = parameters[key] - learning_rate * v["d" + key]
    return parameters


def update_lr(learning_rate0, epoch_num, decay_rate):
    lr = learning_rate0
    epoch = 0
    while epoch != epoch_num:
        lr = lr / (1 + decay_rate)
        epoch += 1
    return lr


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    steps = round(epoch_num / time_interval)
    return learning_rate0 / (1 + decay_rate * steps)
