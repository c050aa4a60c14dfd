import numpy as np
import math


def sample_learning_rate(low, high, size, seed):
    np.random.seed(seed)
    a = np.log10(low)
    b = np.log10(high)
    rates = np.zeros(size)
    for i in range(size):
        r = a + (b - a) * np.random.rand()
        rates[i] = 10 ** r
    return rates


def sample_momentum(low, high, size, seed):
    np.random.seed(seed)
    a = np.log10(1 - low)
    b = np.log10(1 - high)
    betas = np.zeros(size)
    for i in range(size):
        r = a + (b - a) * np.random.rand()
        betas[i] = 1 - 10 ** r
    return betas


def grid_search(objective, grid):
    names = list(grid.keys())
    counters = [0] * len(names)
    history = []
    best_setting = None
    best_score = None
    finished = False
    while not finished:
        setting = {}
        for k in range(len(names)):
            setting[names[k]] = grid[names[k]][counters[k]]
        score = objective(setting)
        history.append((setting, score))
        # >= so that the best is always up to date
        if best_score is None or score >= best_score:
            best_score = score
            best_setting = setting
        k = len(names) - 1
        while k >= 0:
            counters[k] += 1
            if counters[k] < len(grid[names[k]]):
                break
            counters[k] = 0
            k -= 1
        if k < 0:
            finished = True
    return best_setting, best_score, history


def one_setting(space):
    setting = {}
    for name in space:
        low, high, scale = space[name]
        r = np.random.rand()
        if scale == "log":
            setting[name] = 10 ** (np.log10(low) + r * (np.log10(high) - np.log10(low)))
        else:
            setting[name] = low + r * (high - low)
    return setting


def random_search(objective, space, n_trials, seed):
    np.random.seed(seed)
    history = []
    best_setting = None
    best_score = None
    for t in range(n_trials):
        setting = one_setting(space)
        score = objective(setting)
        history.append((setting, score))
        if best_score is None or score >= best_score:
            best_score = score
            best_setting = setting
    return best_setting, best_score, history


def coarse_to_fine(objective, space, n_trials, n_rounds, shrink, seed):
    np.random.seed(seed)
    window = dict(space)
    history = []
    best_setting = None
    best_score = None
    factor = 1.0
    for r in range(n_rounds):
        for t in range(n_trials):
            setting = one_setting(window)
            score = objective(setting)
            history.append((setting, score))
            if best_score is None or score > best_score:
                best_score = score
                best_setting = setting
        factor = factor * shrink
        for name in space:
            low, high, scale = space[name]
            c = best_setting[name]
            if scale == "log":
                width = np.log10(high) - np.log10(low)
                a = np.log10(c) - factor * width / 2
                b = np.log10(c) + factor * width / 2
                window[name] = (max(low, 10 ** a), min(high, 10 ** b), scale)
            else:
                width = high - low
                window[name] = (max(low, c - factor * width / 2), min(high, c + factor * width / 2), scale)
    return best_setting, best_score, history


def k(x, z, l, s2):
    distance = 0.0
    for i in range(len(x)):
        distance += (x[i] - z[i]) ** 2
    return s2 * math.exp(-distance / (2 * l ** 2))


def gp_posterior(X, y, X_new, length_scale, signal_variance, noise_variance):
    n = len(X)
    K = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            K[i, j] = k(X[i], X[j], length_scale, signal_variance)
        K[i, i] += noise_variance
    mean = np.zeros(len(X_new))
    variance = np.zeros(len(X_new))
    for q in range(len(X_new)):
        ks = np.zeros(n)
        for i in range(n):
            ks[i] = k(X_new[q], X[i], length_scale, signal_variance)
        mean[q] = ks @ np.linalg.solve(K, y)
        variance[q] = k(X_new[q], X_new[q], length_scale, signal_variance) - ks @ np.linalg.solve(K, ks)
    return mean, variance


def expected_improvement(mean, variance, best, xi=0.01):
    result = np.zeros(len(mean))
    for i in range(len(mean)):
        d = mean[i] - best - xi
        if variance[i] <= 0:
            result[i] = 0.0
        else:
            s = math.sqrt(variance[i])
            z = d / s
            result[i] = d * 0.5 * (1 + math.erf(z / math.sqrt(2))) + s * math.exp(-z ** 2 / 2) / math.sqrt(2 * math.pi)
    return result


def bayesian_search(objective, candidates, n_init, n_iter, seed):
    np.random.seed(seed)
    perm = np.random.permutation(len(candidates))
    tried = []
    scores = []
    for i in range(n_init):
        tried.append(int(perm[i]))
        scores.append(objective(candidates[perm[i]]))
    for t in range(n_iter):
        X = candidates[tried]
        y = np.array(scores)
        mean, variance = gp_posterior(X, y, candidates, 1.0, 1.0, 0.001)
        ei = expected_improvement(mean, variance, max(scores))
        best_i = None
        for i in range(len(candidates)):
            if i in tried:
                continue
            if best_i is None or ei[i] > ei[best_i]:
                best_i = i
        tried.append(best_i)
        scores.append(objective(candidates[best_i]))
    b = scores.index(max(scores))
    history = []
    for i in range(len(tried)):
        history.append((tried[i], scores[i]))
    return tried[b], scores[b], history
