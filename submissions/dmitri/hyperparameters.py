import numpy as np

def sample_learning_rate(low, high, size, seed):
    rng = np.random.default_rng(seed)
    r = rng.uniform(np.log10(low), np.log10(high), size)
    return np.exp(r)

def sample_momentum(low, high, size, seed):
    rng = np.random.default_rng(seed)
    r = rng.uniform(np.log10(1 - low), np.log10(1 - high), size)
    return 1 - 10 ** r

def grid_search(objective, grid):
    setting = {}
    history = []
    best = None
    best_score = -1e9
    names = list(grid)

    def loop(k):
        nonlocal best, best_score
        if k == len(names):
            score = objective(setting)
            history.append((setting, score))
            if score > best_score:
                best_score = score
                best = setting
            return
        for value in grid[names[k]]:
            setting[names[k]] = value
            loop(k + 1)

    loop(0)
    return best, best_score, history

def random_search(objective, space, n_trials, seed):
    rng = np.random.default_rng(seed)
    history = []
    for i in range(n_trials):
        setting = {}
        for name in space:
            low, high, scale = space[name]
            setting[name] = rng.uniform(low, high)
        history.append((setting, objective(setting)))
    best = max(history, key=lambda h: h[1])
    return best[0], best[1], history

def coarse_to_fine(objective, space, n_trials, n_rounds, shrink, seed):
    # TODO
    pass

def gp_posterior(X, y, X_new, length_scale, signal_variance, noise_variance):
    def kernel(A, B):
        K = np.zeros((len(A), len(B)))
        for i in range(len(A)):
            for j in range(len(B)):
                K[i, j] = signal_variance * np.exp(-np.sum((A[i] - B[j]) ** 2) / (2 * length_scale ** 2))
        return K
    K = kernel(X, X) + noise_variance * np.eye(len(X))
    k = kernel(X_new, X)
    mean = k @ np.linalg.inv(K) @ y
    variance = kernel(X_new, X_new) - k @ np.linalg.inv(K) @ k.T
    return mean, variance

def expected_improvement(mean, variance, best, xi=0.01):
    from scipy.stats import norm
    sigma = np.sqrt(variance)
    z = (mean - best - xi) / sigma
    return (mean - best - xi) * norm.cdf(z) + sigma * norm.pdf(z)
