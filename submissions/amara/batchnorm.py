"""Batch and layer normalisation, Amara."""
import numpy as np


def _normalise(x, axis, eps):
    mean = x.mean(axis=axis, keepdims=True)
    std = np.sqrt(x.var(axis=axis, keepdims=True) + eps)
    return (x - mean) / std, std


def _back(dout, x_hat, std, gamma, axis):
    d = dout * gamma
    dx = (d - d.mean(axis=axis, keepdims=True) - x_hat * (d * x_hat).mean(axis=axis, keepdims=True)) / std
    return dx, np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)


def batchnorm_forward(x, gamma, beta, bn_param):
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    running_mean = bn_param.get("running_mean", np.zeros(x.shape[1]))
    running_var = bn_param.get("running_var", np.zeros(x.shape[1]))
    if bn_param["mode"] == "test":
        x_hat = (x - running_mean) / np.sqrt(running_var + eps)
        return gamma * x_hat + beta, None
    if bn_param["mode"] != "train":
        raise ValueError("mode has to be train or test")
    x_hat, std = _normalise(x, 0, eps)
    bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * x.mean(axis=0)
    bn_param["running_var"] = momentum * running_var + (1 - momentum) * x.var(axis=0)
    return gamma * x_hat + beta, (x_hat, std, gamma)


def batchnorm_backward(dout, cache):
    return _back(dout, *cache, axis=0)


def batchnorm_backward_alt(dout, cache):
    x_hat, std, gamma = cache
    dgamma, dbeta = np.sum(dout * x_hat, axis=0), np.sum(dout, axis=0)
    return gamma / std * (dout - (dbeta + x_hat * dgamma) / len(dout)), dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    x_hat, std = _normalise(x, 1, ln_param.get("eps", 1e-5))
    return gamma * x_hat + beta, (x_hat, std, gamma)


def layernorm_backward(dout, cache):
    return _back(dout, *cache, axis=1)
