"""Normalising activations: batch norm and layer norm, forward and backward.

Examples are in rows: x has shape (N, D), N examples of D features. The handout derives every formula.
Inputs are fresh for every call, so you may overwrite them. The cache is yours: whatever your forward
function puts into it is what your backward function gets, and nobody else looks inside.
"""

import numpy as np


def batchnorm_forward(x, gamma, beta, bn_param):
    """Normalise each feature over the batch, then scale and shift it.

    In train mode the statistics are those of the batch, feature by feature: its mean, and its variance as
    the mean of the squared deviations (divided by N, not N - 1). In test mode they are the running
    statistics, and the batch has no say. Either way

        x_hat = (x - mean) / square root of (variance + eps)
        out   = gamma * x_hat + beta

    In train mode the running statistics also move towards those of the batch (the same mean and variance
    as above), and `bn_param` holds the new ones when the function returns:

        new running value = momentum * old running value + (1 - momentum) * value of this batch

    In test mode the running statistics stay as they are.

    Features may lie far from zero (a mean of a million with a spread of one); the result must be
    accurate for these, too.

    Parameters
    ----------
    x : ndarray of shape (N, D)
        The batch, one example per row.
    gamma : ndarray of shape (D,)
        Scale of each feature.
    beta : ndarray of shape (D,)
        Shift of each feature.
    bn_param : dict
        "mode" : "train" or "test". A ValueError suits anything else; it is not graded.
        "eps" : float, optional, 1e-5 where it is missing.
        "momentum" : float, optional, 0.9 where it is missing.
        "running_mean", "running_var" : ndarrays of shape (D,), optional, zeros where they are missing.
        Train mode stores both under these keys, with this shape.

    Returns
    -------
    out : ndarray of shape (N, D)
    cache : anything
        What your batchnorm_backward and batchnorm_backward_alt need.
    """
    mode = bn_param["mode"]
    eps = bn_param.get("eps", 1e-5)
    momentum = bn_param.get("momentum", 0.9)
    D = x.shape[1]
    running_mean = bn_param.get("running_mean", np.zeros(D))
    running_var = bn_param.get("running_var", np.zeros(D))

    if mode == "train":
        mean = x.mean(axis=0)
        var = ((x - mean) ** 2).mean(axis=0)
        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * mean
        bn_param["running_var"] = momentum * running_var + (1 - momentum) * var
    elif mode == "test":
        mean = running_mean
        var = running_var
    else:
        raise ValueError(f"mode is neither 'train' nor 'test': mode={mode!r}")

    std = np.sqrt(var + eps)
    x_hat = (x - mean) / std
    out = gamma * x_hat + beta
    cache = {"x": x, "mean": mean, "std": std, "x_hat": x_hat, "gamma": gamma}
    return out, cache


def batchnorm_backward(dout, cache):
    """Gradients of batch norm in train mode, one step of the computation at a time.

    Walk back through the steps of the forward pass: shift, scale, division by the root, variance, mean.
    An entry of x reaches the loss on three ways: directly, through the mean of its feature and through
    the variance of its feature. Its gradient is the sum over the three.

    Only caches of train mode are graded. Your gradients are compared with the right ones, and also with
    finite differences of your own batchnorm_forward.

    Parameters
    ----------
    dout : ndarray of shape (N, D)
        Gradient of the loss with respect to `out`.
    cache : anything
        From your batchnorm_forward.

    Returns
    -------
    dx : ndarray of shape (N, D)
    dgamma : ndarray of shape (D,)
    dbeta : ndarray of shape (D,)
        Gradients of the loss with respect to x, gamma and beta. The loss is a sum over the batch
        already inside `dout`: nothing here is averaged by you.
    """
    std, x_hat, gamma = cache["std"], cache["x_hat"], cache["gamma"]
    centred = cache["x"] - cache["mean"]
    N = len(dout)

    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dx_hat = dout * gamma
    dvar = -0.5 * (dx_hat * centred).sum(axis=0) / std**3
    # The variance does not change with the mean to first order: the deviations add up to zero.
    dmean = -(dx_hat / std).sum(axis=0)
    dx = dx_hat / std + dvar * 2 * centred / N + dmean / N
    return dx, dgamma, dbeta


def batchnorm_backward_alt(dout, cache):
    """Gradients of batch norm in train mode, from one simplified expression.

    The same gradients as batchnorm_backward. Put the three ways together on paper first: much cancels, and
    dx becomes one short expression in dout, gamma, the normalised batch and the root. Only the numbers
    are graded, not how they come about, but the function is worth writing only in its short form.

    Parameters
    ----------
    dout : ndarray of shape (N, D)
        Gradient of the loss with respect to `out`.
    cache : anything
        From your batchnorm_forward, in train mode.

    Returns
    -------
    dx : ndarray of shape (N, D)
    dgamma : ndarray of shape (D,)
    dbeta : ndarray of shape (D,)
    """
    std, x_hat, gamma = cache["std"], cache["x_hat"], cache["gamma"]
    N = len(dout)
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dx = gamma / std * (dout - dbeta / N - x_hat * dgamma / N)
    return dx, dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    """Normalise each example over its features, then scale and shift each feature.

    The statistics are those of one row: its mean over the D features, and its variance as the mean of the
    squared deviations (divided by D). Then

        x_hat = (x - mean of the row) / square root of (variance of the row + eps)
        out   = gamma * x_hat + beta

    There are no running statistics and no modes: an example is treated the same way in training and in
    use, whatever else is in the batch.

    Rows may lie far from zero (a mean of a million with a spread of one); the result must be accurate for
    these, too.

    Parameters
    ----------
    x : ndarray of shape (N, D)
        One example per row.
    gamma : ndarray of shape (D,)
        Scale of each feature.
    beta : ndarray of shape (D,)
        Shift of each feature.
    ln_param : dict
        "eps" : float, optional, 1e-5 where it is missing.

    Returns
    -------
    out : ndarray of shape (N, D)
    cache : anything
        What your layernorm_backward needs.
    """
    eps = ln_param.get("eps", 1e-5)
    mean = x.mean(axis=1, keepdims=True)
    var = ((x - mean) ** 2).mean(axis=1, keepdims=True)
    std = np.sqrt(var + eps)
    x_hat = (x - mean) / std
    out = gamma * x_hat + beta
    cache = {"x": x, "mean": mean, "std": std, "x_hat": x_hat, "gamma": gamma}
    return out, cache


def layernorm_backward(dout, cache):
    """Gradients of layer norm.

    gamma and beta are shared by all examples, as in batch norm; the mean and the variance now belong to a
    row. Ask of every sum which of the two axes it runs along.

    Your gradients are compared with the right ones, and also with finite differences of your own
    layernorm_forward.

    Parameters
    ----------
    dout : ndarray of shape (N, D)
        Gradient of the loss with respect to `out`.
    cache : anything
        From your layernorm_forward.

    Returns
    -------
    dx : ndarray of shape (N, D)
    dgamma : ndarray of shape (D,)
    dbeta : ndarray of shape (D,)
    """
    std, x_hat, gamma = cache["std"], cache["x_hat"], cache["gamma"]
    dbeta = dout.sum(axis=0)
    dgamma = (dout * x_hat).sum(axis=0)
    dx_hat = dout * gamma
    mean_slope = dx_hat.mean(axis=1, keepdims=True)
    stretch = (dx_hat * x_hat).mean(axis=1, keepdims=True)
    dx = (dx_hat - mean_slope - x_hat * stretch) / std
    return dx, dgamma, dbeta
