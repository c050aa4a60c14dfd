import numpy as np


def compute_cost_with_regularization(A3, Y, parameters, lambd):
    m = Y.shape[1]
    total = 0
    for key in parameters:
        total += np.sum(parameters[key] ** 2)
    return compute_cost(A3, Y) + lambd / (2 * m) * total


def early_stopping(dev_errors, patience):
    best = 0
    epoch = 1
    while epoch < len(dev_errors):
        if dev_errors[epoch] < dev_errors[best]:
            best = epoch
        elif epoch - best >= patience:
            return best
    return best
