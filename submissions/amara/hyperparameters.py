"""Hyperparameter search, Amara."""
import itertools
import math

import numpy as np


def sample_learning_rate(low, high, size, seed):
    u = np.random.default_rng(seed).random(size)
    return low * (high / low) ** u


def sample_momentum(low, high, size, seed):
    return 1 - sample_learning_rate(1 - high, 1 - low, size, seed)


def _run(objective, settings):
    history = [(setting, objective(setting)) for setting in settings]
    return (*max(history, key=lambda trial: trial[1]), history)


def grid_search(objective, grid):
    return _run(objective, [dict(zip(grid, values)) for values in itertools.product(*grid.values())])


def _to_line(value, scale):
    return math.log10(value) if scale == "log" else value


def _from_line(value, scale):
    return 10**value if scale == "log" else value


def _draw(rng, window, space):
    return {name: _from_line(rng.uniform(*ends), space[name][2]) for name, ends in window.items()}


def _whole(space):
    return {name: [_to_line(end, scale) for end in ends] for name, (*ends, scale) in space.items()}


def random_search(objective, space, n_trials, seed):
    rng, window = np.random.default_rng(seed), _whole(space)
    return _run(objective, [_draw(rng, window, space) for _ in range(n_trials)])


def coarse_to_fine(objective, space, n_trials, n_rounds, shrink, seed):
    rng, whole = np.random.default_rng(seed), _whole(space)
    window, history = whole, []
    for r in range(1, n_rounds + 1):
        settings = [_draw(rng, window, space) for _ in range(n_trials)]
        history += [(setting, objective(setting)) for setting in settings]
        best, score = max(history, key=lambda trial: trial[1])
        window = {}
        for name, (low, high) in whole.items():
            centre, half = _to_line(best[name], space[name][2]), (high - low) * shrink**r / 2
            window[name] = [max(low, centre - half), min(high, centre + half)]
    return best, score, history


def gp_posterior(X, y, X_new, length_scale, signal_variance, noise_variance):
    def k(A, B):
        d = A[:, None] - B
        return signal_variance * np.exp(-(d * d).sum(-1) / (2 * length_scale**2))

    known, across = np.linalg.inv(k(X, X) + noise_variance * np.eye(len(X))), k(X_new, X)
    return across @ known @ y, signal_variance - np.einsum("ij,jk,ik->i", across, known, across)


def expected_improvement(mean, variance, best, xi=0.01):
    gain, sigma = mean - best - xi, np.sqrt(np.maximum(variance, 0))
    z = np.divide(gain, sigma, out=np.zeros_like(gain), where=sigma > 0)
    Phi = 0.5 * (1 + np.array([math.erf(t / math.sqrt(2)) for t in z]))
    phi = np.exp(-0.5 * z**2) / math.sqrt(2 * math.pi)
    return np.where(sigma > 0, gain * Phi + sigma * phi, np.maximum(gain, 0))


def bayesian_search(objective, candidates, n_init, n_iter, seed):
    np.random.seed(seed)
    order = np.random.permutation(len(candidates))
    tried = list(order[:n_init])
    scores = [objective(candidates[i]) for i in tried]
    for _ in range(n_iter):
        left = [i for i in range(len(candidates)) if i not in tried]
        mean, variance = gp_posterior(candidates[tried], np.array(scores), candidates[left], 1, 1, 0.001)
        tried.append(left[int(np.argmax(expected_improvement(mean, variance, max(scores))))])
        scores.append(objective(candidates[tried[-1]]))
    return tried[int(np.argmax(scores))], max(scores), list(zip(tried, scores))
