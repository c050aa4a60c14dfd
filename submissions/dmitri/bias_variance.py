import numpy as np

def train_dev_test_split(X, Y, dev_fraction, test_fraction, seed):
    np.random.seed(42)
    m = X.shape[1]
    idx = np.random.permutation(m)
    n_dev = round(dev_fraction * m)
    n_test = round(test_fraction * m)
    dev = idx[:n_dev]
    test = idx[n_dev:n_dev + n_test]
    train = idx[n_dev + n_test:]
    return (X[:, train], Y[:, train]), (X[:, dev], Y[:, dev]), (X[:, test], Y[:, test])

def normalize_inputs(X_train, X_test):
    mu = np.mean(X_train, axis=1)
    sigma = np.std(X_train, axis=1)
    X_train_n = ((X_train.T - mu) / sigma).T
    X_test_n = ((X_test.T - mu) / sigma).T
    return X_train_n, X_test_n, mu, sigma

def diagnose(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    result = {}
    result["high_bias"] = train_error > tolerance
    result["high_variance"] = dev_error - train_error > tolerance
    return result

def next_step(high_bias, high_variance):
    if high_bias and high_variance:
        return "bigger network"
    if high_bias:
        return "train longer"
    if high_variance:
        return "regularization"
