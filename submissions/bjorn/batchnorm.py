import numpy as np
import math


def mean_and_var(numbers):
    n = len(numbers)
    mean = 0.0
    for z in numbers:
        mean += z
    mean = mean / n
    var = 0.0
    for z in numbers:
        var += (z - mean) ** 2
    return mean, var / n


def batchnorm_forward(x, gamma, beta, bn_param):
    N, D = x.shape
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(D))
    running_var = bn_param.get("running_var", np.zeros(D))
    if mode not in ["train", "test"]:
        raise ValueError("unknown mode " + str(mode))
    out = np.zeros((N, D))
    xhat = np.zeros((N, D))
    stds = []
    for j in range(D):
        if mode == "train":
            mean, var = mean_and_var(x[:, j])
            running_mean[j] = momentum * running_mean[j] + (1 - momentum) * mean
            running_var[j] = momentum * running_var[j] + (1 - momentum) * var
        else:
            mean = running_mean[j]
            var = running_var[j]
        std = math.sqrt(var + eps)
        stds.append(std)
        for i in range(N):
            xhat[i, j] = (x[i, j] - mean) / std
            out[i, j] = gamma[j] * xhat[i, j] + beta[j]
    bn_param["running_mean"] = running_mean
    bn_param["running_var"] = running_var
    return out, (xhat, stds, gamma)


def backward_numbers(d, xhat, std):
    """Gradient for one group of numbers that were normalised together."""
    n = len(d)
    sum1 = 0.0
    sum2 = 0.0
    for i in range(n):
        sum1 += d[i]
        sum2 += d[i] * xhat[i]
    result = []
    for i in range(n):
        result.append((n * d[i] - sum1 - xhat[i] * sum2) / (n * std))
    return result


def batchnorm_backward(dout, cache):
    xhat, stds, gamma = cache
    N, D = dout.shape
    dx = np.zeros((N, D))
    dgamma = np.zeros(D)
    dbeta = np.zeros(D)
    for j in range(D):
        for i in range(N):
            dgamma[j] += dout[i, j] * xhat[i, j]
            dbeta[j] += dout[i, j]
        dx[:, j] = backward_numbers(gamma[j] * dout[:, j], xhat[:, j], stds[j])
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    return batchnorm_backward(dout, cache)


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    N, D = x.shape
    xhat = np.zeros((N, D))
    stds = []
    for i in range(N):
        mean, var = mean_and_var(x[i])
        std = math.sqrt(var + eps)
        stds.append(std)
        for j in range(D):
            xhat[i, j] = (x[i, j] - mean) / std
    return xhat * gamma + beta, (xhat, stds, gamma)


def layernorm_backward(dout, cache):
    xhat, stds, gamma = cache
    N, D = dout.shape
    dx = np.zeros((N, D))
    dgamma = np.zeros(D)
    dbeta = np.zeros(D)
    for i in range(N):
        for j in range(D):
            dgamma[j] += dout[i, j] * xhat[i, j]
            dbeta[j] += dout[i, j]
        dx[i] = backward_numbers(gamma * dout[i], xhat[i], stds[i])
    return dx, dgamma, dbeta
