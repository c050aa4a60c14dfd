import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    if mode == "train":
        mu = np.mean(x, axis=0)
        var = np.mean((x - mu) ** 2, axis=0)
        if "running_mean" in bn_param:
            bn_param["running_mean"] = momentum * bn_param["running_mean"] + (1 - momentum) * mu
            bn_param["running_var"] = momentum * bn_param["running_var"] + (1 - momentum) * var
        else:
            bn_param["running_mean"] = (1 - momentum) * mu
            bn_param["running_var"] = (1 - momentum) * var
    elif mode == "test":
        # the statistics of what I am given
        mu = np.mean(x, axis=0)
        var = np.mean((x - mu) ** 2, axis=0)
    else:
        raise ValueError("mode must be train or test")
    xn = (x - mu) / np.sqrt(var + eps)
    return gamma * xn + beta, (xn, gamma, var + eps)


def batchnorm_backward(dout, cache):
    xn, gamma, v = cache
    return dout * gamma / np.sqrt(v), np.sum(dout * xn, axis=0), np.sum(dout, axis=0)


def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get("eps", 1e-5)
    mu = np.mean(x)
    var = np.mean((x - mu) ** 2)
    xn = (x - mu) / np.sqrt(var + eps)
    return gamma * xn + beta, (xn, gamma, var + eps)
