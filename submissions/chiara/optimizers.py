# Chiara, week 2
import numpy as np


def keys_of(parameters):
    L = len(parameters) // 2
    return ['W%d' % l for l in range(1, L + 1)] + ['b%d' % l for l in range(1, L + 1)]


def update_parameters_with_gd(parameters, grads, learning_rate):
    for k in keys_of(parameters):
        parameters[k] -= learning_rate * grads['d' + k]
    return parameters


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    np.random.seed(seed)
    m = X.shape[1]
    permutation = np.random.permutation(m)
    X = X[:, permutation]
    Y = Y[:, permutation].reshape((1, m))
    batches = []
    for k in range(m // mini_batch_size):
        batches.append((X[:, k * mini_batch_size:(k + 1) * mini_batch_size],
                        Y[:, k * mini_batch_size:(k + 1) * mini_batch_size]))
    return batches


def exponentially_weighted_average(values, beta, bias_correction=True):
    v = 0
    out = np.zeros(len(values))
    for t in range(len(values)):
        v = beta * v + (1 - beta) * values[t]
        out[t] = v
        if bias_correction:
            out[t] /= 1 - beta ** t if t > 0 else 1 - beta
    return out


def initialize_velocity(parameters):
    v = {}
    for k in keys_of(parameters):
        v['d' + k] = np.zeros(parameters[k].shape)
    return v


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for k in keys_of(parameters):
        v['d' + k] *= beta
        v['d' + k] += (1 - beta) * grads['d' + k]
        parameters[k] -= learning_rate * v['d' + k]
    return parameters, v


def initialize_rmsprop(parameters):
    return initialize_velocity(parameters)


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    for k in keys_of(parameters):
        s['d' + k] *= beta
        s['d' + k] += (1 - beta) * grads['d' + k]
        parameters[k] -= learning_rate * grads['d' + k] / (np.sqrt(np.abs(s['d' + k])) + epsilon)
    return parameters, s


def initialize_adam(parameters):
    v = initialize_velocity(parameters)
    s = v
    return v, s


def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01,
                                beta1=0.9, beta2=0.999, epsilon=1e-8):
    for k in keys_of(parameters):
        v['d' + k] = beta1 * v['d' + k] + (1 - beta1) * grads['d' + k]
        s['d' + k] = beta2 * s['d' + k] + (1 - beta2) * grads['d' + k] ** 2
        parameters[k] -= learning_rate * v['d' + k] / (np.sqrt(s['d' + k]) + epsilon)
    return parameters, v, s


def update_lr(learning_rate0, epoch_num, decay_rate):
    return 1 / (1 + decay_rate * epoch_num) * learning_rate0


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return 1 / (1 + decay_rate * (epoch_num / time_interval)) * learning_rate0


def classify_critical_point(hessian):
    d = np.linalg.det(hessian)
    if d < 0:
        return 'saddle'
    if d == 0:
        return 'degenerate'
    return 'minimum' if hessian[0, 0] > 0 else 'maximum'


if __name__ == '__main__':
    X = np.arange(10).reshape(2, 5)
    print(random_mini_batches(X, X[:1], 2))
