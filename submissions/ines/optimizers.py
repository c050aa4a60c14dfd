import sys

import numpy as np


def update_parameters_with_gd(parameters, grads, learning_rate):
    new = dict(parameters)
    for key in new:
        new[key] = new[key] + learning_rate * grads["d" + key]
    return new


def update_lr(learning_rate0, epoch_num, decay_rate):
    if epoch_num > 100:
        sys.exit("too many epochs")
    return learning_rate0 / (1 + decay_rate * epoch_num)


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return update_lr(learning_rate0, epoch_num // time_interval, decay_rate)


def classify_critical_point(hessian):
    l = np.linalg.eigvals(hessian)
    if (l > 1e-9).all():
        return "Minimum"
    if (l < -1e-9).all():
        return "Maximum"
    return "Saddle"


print("all functions done")
sys.exit(0)
