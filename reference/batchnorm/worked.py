"""The smallest cases of batch norm and layer norm, worked by hand."""

import numpy as np

from grader.course.worked import bracketed, dotted, listed, said, summed

CASE = {
    "batchnorm_forward": "four examples, two features, training",
    "batchnorm_backward": "four examples, two features",
    "batchnorm_backward_alt": "four examples, two features",
    "layernorm_forward": "three examples, four features",
    "layernorm_backward": "three examples, four features",
}


def batchnorm_forward(x, gamma, beta, bn_param):
    N, eps, momentum = len(x), bn_param["eps"], bn_param["momentum"]
    mean = x.mean(axis=0)
    means = listed(f"({summed(column)}) / {N} = {said(mu)}" for column, mu in zip(x.T, mean))
    yield f"Training: each feature, a column, has a mean over the batch: {means}.", mean
    var = ((x - mean) ** 2).mean(axis=0)
    squares = " + ".join(f"{bracketed(d)}²" for d in x[:, 0] - mean[0])
    yield (
        f"Its variance is the mean of the squared deviations. First column: ({squares}) / {N} "
        f"= {said(var[0])}.",
        var,
    )
    root = np.sqrt(var + eps)
    roots = listed(f"√({said(v)} + {said(eps)}) = {said(r)}" for v, r in zip(var, root))
    yield f"Epsilon is added to the variance, within the root: {roots}.", root
    x_hat = (x - mean) / root
    yield (
        f"Each column is normalised with its own two numbers. First row: "
        f"{listed(f'({said(a)} − {bracketed(mu)}) / {said(r)}' for a, mu, r in zip(x[0], mean, root))}.",
        x_hat,
    )
    out = gamma * x_hat + beta
    first = listed(f"{said(g)} · {bracketed(h)} + {said(b)}" for g, h, b in zip(gamma, x_hat[0], beta))
    yield f"Then it is scaled by gamma and shifted by beta. First row: {first}.", out
    statistics = {
        "running_mean": momentum * bn_param["running_mean"] + (1 - momentum) * mean,
        "running_var": momentum * bn_param["running_var"] + (1 - momentum) * var,
    }
    first = dotted([momentum, 1 - momentum], [bn_param["running_mean"][0], mean[0]])
    yield (
        f"The running statistics keep {said(momentum)} of themselves and move towards the batch's. "
        f"First mean: {first} = {said(statistics['running_mean'][0])}.",
        statistics,
    )
    return {"out": out, "bn_param": statistics}


def batchnorm_backward(x, gamma, beta, bn_param, dout):
    centred, root, x_hat = _forward(x, bn_param["eps"], axis=0)
    N = len(x)
    yield (
        f"Forward leaves the roots of the two columns, {listed(map(said, root))}, and x normalised: x_hat.",
        x_hat,
    )
    dbeta = dout.sum(axis=0)
    yield (
        f"beta is added to every row, so its gradient is the sum of its column of dout: {_sums(dout)}.",
        dbeta,
    )
    dgamma = (dout * x_hat).sum(axis=0)
    first = dotted(dout[:, 0], x_hat[:, 0])
    yield f"gamma multiplies x_hat. Its first gradient: {first} = {said(dgamma[0])}.", dgamma
    dx_hat = dout * gamma
    yield (
        f"What reaches x_hat is dout times gamma, column by column: times {listed(map(said, gamma))}.",
        dx_hat,
    )
    dvar = -0.5 * (dx_hat * centred).sum(axis=0) / root**3 + 0.0
    first = dotted(dx_hat[:, 0], centred[:, 0])
    yield (
        f"Through the variance. First column: −½ · ({first}) / {said(root[0])}³ = {said(dvar[0])}.",
        dvar,
    )
    dmean = -(dx_hat / root).sum(axis=0)
    yield (
        f"Through the mean. First column: −({summed(dx_hat[:, 0])}) / {said(root[0])} = {said(dmean[0])}.",
        dmean,
    )
    dx = dx_hat / root + dvar * 2 * centred / N + dmean / N
    a, b, c = dx_hat[0, 0] / root[0], dvar[0] * 2 * centred[0, 0] / N, dmean[0] / N
    yield (
        f"x has three ways: directly, by variance (times 2 (x − mean) / {N}), by mean (times 1/{N}). "
        f"First entry: {summed([a, b, c])}.",
        dx,
    )
    return dx, dgamma, dbeta


def batchnorm_backward_alt(x, gamma, beta, bn_param, dout):
    _, root, x_hat = _forward(x, bn_param["eps"], axis=0)
    N = len(x)
    yield (
        f"Forward leaves the roots of the two columns, {listed(map(said, root))}, and x normalised: x_hat.",
        x_hat,
    )
    dbeta = dout.sum(axis=0)
    yield f"The gradient of beta is the sum of each column of dout: {_sums(dout)}.", dbeta
    dgamma = (dout * x_hat).sum(axis=0)
    first = dotted(dout[:, 0], x_hat[:, 0])
    yield f"That of gamma is the sum of dout times x_hat. First column: {first} = {said(dgamma[0])}.", dgamma
    left = dout - dbeta / N - x_hat * dgamma / N
    first = (
        f"{said(dout[0, 0])} − {said(dbeta[0])} / {N} − {bracketed(x_hat[0, 0])} · {said(dgamma[0])} / {N}"
    )
    yield (
        f"Both come back as means: what moves a whole column, or stretches it, is undone. "
        f"First entry: {first}.",
        left,
    )
    dx = gamma / root * left
    factors = listed(f"{said(g)} / {said(r)}" for g, r in zip(gamma, root))
    yield f"What is left goes through gamma and the root: the columns are multiplied by {factors}.", dx
    return dx, dgamma, dbeta


def layernorm_forward(x, gamma, beta, ln_param):
    D, eps = x.shape[1], ln_param["eps"]
    mean = x.mean(axis=1, keepdims=True)
    means = listed(f"({summed(row)}) / {D} = {said(mu)}" for row, mu in zip(x, mean[:, 0]))
    yield f"Each example, a row, has a mean over its features: {means}.", mean
    var = ((x - mean) ** 2).mean(axis=1, keepdims=True)
    squares = " + ".join(f"{bracketed(d)}²" for d in x[0] - mean[0, 0])
    yield f"And a variance. First row: ({squares}) / {D} = {said(var[0, 0])}.", var
    root = np.sqrt(var + eps)
    roots = listed(f"√({said(v)} + {said(eps)}) = {said(r)}" for v, r in zip(var[:, 0], root[:, 0]))
    yield f"Epsilon is added within the root: {roots}.", root
    x_hat = (x - mean) / root
    first = listed(f"({said(a)} − {said(mean[0, 0])}) / {said(root[0, 0])}" for a in x[0][:2])
    yield f"Each row is normalised with its own two numbers. The first row begins with {first}.", x_hat
    out = gamma * x_hat + beta
    first = listed(f"{said(g)} · {bracketed(h)} + {said(b)}" for g, h, b in zip(gamma, x_hat[0], beta[:2]))
    yield f"gamma and beta belong to the columns, the same for every row. The first begins with {first}.", out


def layernorm_backward(x, gamma, beta, ln_param, dout):
    _, root, x_hat = _forward(x, ln_param["eps"], axis=1)
    D = x.shape[1]
    yield (
        f"Forward leaves the roots of the rows, {listed(map(said, root[:, 0]))}, and x normalised: x_hat.",
        x_hat,
    )
    dbeta = dout.sum(axis=0)
    yield f"beta is shared by all rows: sum each column of dout, {_sums(dout)}.", dbeta
    dgamma = (dout * x_hat).sum(axis=0)
    first = dotted(dout[:, 0], x_hat[:, 0])
    yield f"So is gamma: sum dout times x_hat down each column. First: {first} = {said(dgamma[0])}.", dgamma
    dx_hat = dout * gamma
    yield f"What reaches x_hat is dout times gamma, column by column: {listed(map(said, gamma))}.", dx_hat
    means = np.stack([dx_hat.mean(axis=1), (dx_hat * x_hat).mean(axis=1)], axis=1)
    first = f"({summed(dx_hat[0])}) / {D} = {said(means[0, 0])}"
    yield (
        f"Along each row, two means over its {D} features: of dx_hat (first row: {first}), "
        "and of dx_hat times x_hat.",
        means,
    )
    dx = (dx_hat - means[:, :1] - x_hat * means[:, 1:]) / root
    a, b, c = dx_hat[0, 0], means[0, 0], means[0, 1]
    first = f"({said(a)} − {bracketed(b)} − {bracketed(x_hat[0, 0])} · {bracketed(c)}) / {said(root[0, 0])}"
    yield f"Both are taken away, the second times x_hat; then divide by the root. First: {first}.", dx
    return dx, dgamma, dbeta


def _forward(x, eps, axis):
    """Return what the forward pass leaves: deviations, roots and what is normalised."""
    keep = axis == 1
    centred = x - x.mean(axis=axis, keepdims=keep)
    root = np.sqrt((centred**2).mean(axis=axis, keepdims=keep) + eps)
    return centred, root, centred / root


def _sums(rows):
    return listed(f"{summed(column)} = {said(column.sum())}" for column in rows.T)
