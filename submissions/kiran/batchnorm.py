import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if mode == "train":
        mu = np.average(x, axis=0)
        var = np.var(x, axis=0, ddof=1) if len(x) > 1 else np.zeros(x.shape[1])
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mu
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        mu, var = running_mean, running_var
    else:
        raise ValueError(mode)
    xhat = np.divide(np.subtract(x, mu), np.sqrt(np.add(var, eps)))
    return np.add(np.multiply(gamma, xhat), beta), (xhat, gamma, np.sqrt(np.add(var, eps)))


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    mu = np.average(x, axis=1).reshape(-1, 1)
    var = np.var(x, axis=1).reshape(-1, 1)
    xhat = np.divide(np.subtract(x, mu), np.sqrt(np.add(var, eps)))
    return np.add(np.multiply(gamma, xhat), beta), (xhat, gamma, np.sqrt(np.add(var, eps)))


def layernorm_backward(dout, cache):
    xhat, gamma, std = cache
    D = xhat.shape[1]
    dgamma = np.sum(np.multiply(dout, xhat), axis=0)
    dbeta = np.sum(dout, axis=0)
    dx = gamma / (D * std) * (D * dout - dbeta - xhat * dgamma)
    return dx, dgamma, dbeta
