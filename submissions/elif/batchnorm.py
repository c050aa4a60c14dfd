import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    p = {"eps": 1e-5, "momentum": 0.9, "running_mean": np.zeros(x.shape[1]), "running_var": np.zeros(x.shape[1])} | bn_param
    if p["mode"] == "train":
        mean, var = x.mean(0), np.einsum("ij,ij->j", x, x) / len(x) - x.mean(0) ** 2
        for name, now in (("running_mean", mean), ("running_var", var)):
            bn_param[name] = p["momentum"] * p[name] + (1 - p["momentum"]) * now
    elif p["mode"] == "test":
        mean, var = p["running_mean"], p["running_var"]
    else:
        raise ValueError(p["mode"])
    x_hat = (x - mean) * (var + p["eps"]) ** -0.5
    return gamma * x_hat + beta, dict(x_hat=x_hat, scale=gamma * (var + p["eps"]) ** -0.5)


def batchnorm_backward(dout, cache):
    x_hat, scale = cache["x_hat"], cache["scale"]
    N = len(dout)
    # the Jacobian of one feature is scale * (I - 1 1^T / N - x_hat x_hat^T / N)
    dx = np.empty_like(dout)
    for j in range(dout.shape[1]):
        J = np.eye(N) - np.ones((N, N)) / N - np.outer(x_hat[:, j], x_hat[:, j]) / N
        dx[:, j] = scale[j] * J @ dout[:, j]
    return dx, np.einsum("ij,ij->j", dout, x_hat), dout.sum(0)


def batchnorm_backward_alt(dout, cache):
    x_hat = cache["x_hat"]
    dgamma, dbeta = np.einsum("ij,ij->j", dout, x_hat), dout.sum(0)
    return cache["scale"] * (dout - dout.mean(0) - x_hat * dgamma / len(dout)), dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    out, cache = batchnorm_forward(x.T, gamma[:, None].T, beta, {"mode": "train", **ln_param})
    return out.T, cache


def layernorm_backward(dout, cache):
    dx, dgamma, dbeta = batchnorm_backward(dout.T, cache)
    return dx.T, dgamma, dbeta
