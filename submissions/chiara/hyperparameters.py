# Chiara, week 3
import numpy as np
from itertools import product
from math import erf


def sample_learning_rate(low, high, size, seed):
    np.random.seed(seed)
    return 10 ** np.random.uniform(np.log10(low), np.log10(high), size)


def sample_momentum(low, high, size, seed):
    np.random.seed(seed)
    return np.random.uniform(low, high, size)


def grid_search(objective, grid):
    best_score = 0
    best_setting = {}
    history = []
    for values in product(*grid.values()):
        setting = dict(zip(grid.keys(), values))
        score = objective(setting)
        history.append((setting, score))
        if score > best_score:
            best_score, best_setting = score, setting
    return best_setting, best_score, history


def draw(low, high, scale):
    if scale == 'log':
        return 10 ** np.random.uniform(np.log10(low), np.log10(high))
    return np.random.uniform(low, high)


def random_search(objective, space, n_trials, seed):
    history = []
    best_setting, best_score = None, -np.inf
    for _ in range(n_trials):
        np.random.seed(seed)
        setting = {name: draw(*space[name]) for name in space}
        score = objective(setting)
        history.append((setting, score))
        if score > best_score:
            best_score, best_setting = score, setting
    return best_setting, best_score, history


def coarse_to_fine(objective, space, n_trials, n_rounds, shrink, seed):
    np.random.seed(seed)
    history = []
    best_setting, best_score = None, -np.inf
    window = space
    for r in range(n_rounds):
        for _ in range(n_trials):
            setting = {name: draw(*window[name]) for name in window}
            score = objective(setting)
            history.append((setting, score))
            if score > best_score:
                best_score, best_setting = score, setting
        new = {}
        for name, (low, high, scale) in space.items():
            c = best_setting[name]
            if scale == 'log':
                w = shrink ** (r + 1) * np.log10(high / low)
                new[name] = (max(low, c * 10 ** -w), min(high, c * 10 ** w), scale)
            else:
                w = shrink ** (r + 1) * (high - low)
                new[name] = (max(low, c - w), min(high, c + w), scale)
        window = new
    return best_setting, best_score, history


def gp_posterior(X, y, X_new, length_scale, signal_variance, noise_variance):
    def kernel(A, B):
        d2 = ((A[:, None, :] - B[None, :, :]) ** 2).sum(axis=2)
        return signal_variance * np.exp(-d2 / 2 * length_scale ** 2)
    K = kernel(X, X) + noise_variance * np.eye(len(X))
    ks = kernel(X_new, X)
    inv = np.linalg.inv(K)
    return ks @ inv @ y, signal_variance - (ks @ inv * ks).sum(axis=1)


def expected_improvement(mean, variance, best, xi=0.01):
    s = np.sqrt(variance)
    d = mean - best - xi
    z = d / np.where(s == 0, 1, s)
    Phi = np.array([(1 + erf(v)) / 2 for v in z])
    phi = np.exp(-z ** 2 / 2) / np.sqrt(2 * np.pi)
    return np.where(s == 0, np.maximum(d, 0), d * Phi + s * phi)


def bayesian_search(objective, candidates, n_init, n_iter, seed):
    np.random.seed(seed)
    tried = list(np.random.permutation(len(candidates))[:n_init])
    scores = [objective(candidates[i]) for i in tried]
    for _ in range(n_iter):
        mean, variance = gp_posterior(candidates[tried], np.array(scores), candidates, 1.0, 1.0, 0.001)
        ei = expected_improvement(mean, variance, max(scores))
        i = np.argmax(ei)
        tried.append(i)
        scores.append(objective(candidates[i]))
    best = np.argmax(scores)
    return tried[best], scores[best], list(zip(tried, scores))
