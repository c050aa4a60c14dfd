"""Other right ways to write the normalising layers: feature by feature, by shifted data, node by node."""

import math

import numpy as np

from grader.course.declare import alternative


def welford(numbers):
    """Mean and variance of some numbers, updated with each of them."""
    average, squares = 0.0, 0.0
    for count, number in enumerate(numbers, 1):
        away = number - average
        average += away / count
        squares += away * (number - average)
    return average, squares / len(numbers)


def shifted_statistics(x):
    """Mean and variance of the columns, from their distances to the first row."""
    away = x - x[0]
    average = np.mean(away, axis=0)
    return x[0] + average, np.mean(away * away, axis=0) - average * average


def statistics_for(bn_param, of_batch):
    """The mean and variance to normalise with; those that run are moved in train mode."""
    if bn_param["mode"] not in ("train", "test"):
        raise ValueError(bn_param["mode"])
    running = [bn_param.get("running_mean", 0.0), bn_param.get("running_var", 0.0)]
    if bn_param["mode"] == "test":
        return running
    weight = 1 - bn_param.get("momentum", 0.9)
    moved = [old + weight * (new - old) for old, new in zip(running, of_batch, strict=True)]
    bn_param.update(running_mean=moved[0], running_var=moved[1])
    return of_batch


def remembered(x, gamma, mean, root):
    """What the backward functions ask for."""
    return {"x": x, "mean": mean, "std": root, "x_hat": (x - mean) / root, "gamma": gamma}


@alternative("batchnorm_forward")
def features_one_by_one(x, gamma, beta, bn_param):
    of_batch = [np.array(each) for each in zip(*map(welford, x.T), strict=True)]
    mean, var = statistics_for(bn_param, of_batch)
    roots = np.array([math.sqrt(each + bn_param.get("eps", 1e-5)) for each in var])
    out = np.empty(x.shape)
    for i, d in np.ndindex(x.shape):
        out[i, d] = beta[d] + (x[i, d] - mean[d]) / roots[d] * gamma[d]
    return out, remembered(x, gamma, mean, roots)


@alternative("batchnorm_forward")
def features_by_shifted_data(x, gamma, beta, bn_param):
    mean, var = statistics_for(bn_param, shifted_statistics(x))
    bn_param.setdefault("eps", 1e-5)
    stretch = np.power(np.add(var, bn_param["eps"]), -0.5) * gamma
    return np.subtract(x, mean) * stretch + beta, remembered(x, gamma, mean, gamma / stretch)


@alternative("batchnorm_forward")
def features_with_var(x, gamma, beta, bn_param):
    mean, var = statistics_for(bn_param, (np.mean(x, 0), np.var(x, 0)))
    root = (var + bn_param.get("eps", 0.00001)) ** 0.5
    cache = remembered(x, gamma, mean, root)
    return np.einsum("d,nd->nd", gamma, cache["x_hat"]) + beta, cache


def back_node_by_node(dout, cache, axis):
    """Back through shift, scale, quotient, root, variance and mean, as they came."""
    x_hat, std = cache["x_hat"], cache["std"]
    count = dout.shape[axis]
    d_normal = cache["gamma"] * dout
    deviation = x_hat * std
    d_inverse = np.sum(d_normal * deviation, axis=axis, keepdims=True)
    d_root = -d_inverse / np.square(std)
    d_variance = d_root / 2 / std
    d_squares = np.repeat(d_variance / count, count, axis=axis)
    d_deviation = d_normal / std + d_squares * deviation * 2
    d_mean = -np.sum(d_deviation, axis=axis, keepdims=True)
    dx = d_deviation + np.repeat(d_mean / count, count, axis=axis)
    return dx, np.einsum("nd,nd->d", dout, x_hat), np.einsum("nd->d", dout)


def slopes_of_normalising(normal, root):
    """How each normalised number moves with each number: a matrix, symmetric."""
    n = len(normal)
    return (np.eye(n) - 1 / n - np.outer(normal, normal) / n) / root


@alternative("batchnorm_backward")
def back_through_each_node(dout, cache):
    return back_node_by_node(dout, cache, 0)


@alternative("batchnorm_backward")
def back_by_jacobians(dout, cache):
    x_hat, std, gamma = (cache[key] for key in ("x_hat", "std", "gamma"))
    dx = np.zeros_like(dout)
    for d in range(dout.shape[1]):
        dx[:, d] = slopes_of_normalising(x_hat[:, d], std[d]) @ dout[:, d] * gamma[d]
    return dx, np.diag(x_hat.T @ dout), np.ones(len(dout)) @ dout


@alternative("batchnorm_backward_alt")
def short_by_means(dout, cache):
    """What is left of the slopes after taking away their mean and what runs along the normalised batch."""
    along = cache["x_hat"]
    left = dout - np.mean(dout, axis=0) - along * np.mean(dout * along, axis=0)
    return left * cache["gamma"] / cache["std"], np.sum(along * dout, axis=0), np.sum(dout, axis=0)


@alternative("batchnorm_backward_alt")
def short_entry_by_entry(dout, cache):
    N, D = dout.shape
    dx, dgamma, dbeta = np.zeros((N, D)), np.zeros(D), np.zeros(D)
    for d in range(D):
        for i in range(N):
            dbeta[d] += dout[i, d]
            dgamma[d] += cache["x_hat"][i, d] * dout[i, d]
        for i in range(N):
            inside = N * dout[i, d] - dbeta[d] - cache["x_hat"][i, d] * dgamma[d]
            dx[i, d] = inside * cache["gamma"][d] / (N * cache["std"][d])
    return dx, dgamma, dbeta


@alternative("batchnorm_backward_alt")
def short_by_the_long_way(dout, cache):
    return back_node_by_node(dout, cache, 0)


@alternative("layernorm_forward")
def rows_one_by_one(x, gamma, beta, ln_param):
    means, roots, rows = [], [], []
    for row in x:
        average, var = welford(row)
        root = math.sqrt(var + ln_param.get("eps", 1e-5))
        rows.append([g * (v - average) / root + b for v, g, b in zip(row, gamma, beta, strict=True)])
        means.append([average])
        roots.append([root])
    return np.array(rows), remembered(x, gamma, np.array(means), np.array(roots))


@alternative("layernorm_forward")
def rows_turned_to_columns(x, gamma, beta, ln_param):
    """The rows as the columns of a batch, and back."""
    average, var = shifted_statistics(np.transpose(x))
    root = np.sqrt(np.add(var, ln_param.get("eps", 1e-5)))
    turned = np.divide(np.transpose(x) - average, root)
    return np.transpose(turned) * gamma + beta, remembered(x, gamma, average[:, None], root[:, None])


@alternative("layernorm_backward")
def rows_back_through_each_node(dout, cache):
    return back_node_by_node(dout, cache, 1)


@alternative("layernorm_backward")
def rows_back_by_jacobians(dout, cache):
    dx, dgamma, dbeta = [], 0.0, 0.0
    for slopes, normal, root in zip(dout, cache["x_hat"], cache["std"], strict=True):
        dx.append(slopes_of_normalising(normal, root) @ (cache["gamma"] * slopes))
        dgamma = dgamma + slopes * normal
        dbeta = dbeta + slopes
    return np.array(dx), dgamma, dbeta
