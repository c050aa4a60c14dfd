import numpy as np


def update_parameters_with_gd(parameters, grads, learning_rate):
    for key in parameters.keys():
        parameters[key] = parameters[key] - learning_rate * grads["d" + key]
    return parameters


def random_mini_batches(X, Y, mini_batch_size=64, seed=0)
    np.random.seed(seed)
    m = X.shape[1]
    p = np.random.permutation(m)
    X, Y = X[:, p], Y[:, p]
    out = []
    for start in range(0, m, mini_batch_size):
        stop = start + mini_batch_size
        out.append((X[:, start:stop], Y[:, start:stop]))
    return out


def update_lr(learning_rate0, epoch_num, decay_rate):
    return learning_rate0 / (1 + decay_rate * epoch_num)
