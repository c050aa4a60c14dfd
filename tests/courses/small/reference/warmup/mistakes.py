import numpy as np

from grader.course.declare import edited, mistake


@mistake("update_lr", "The rate grows with the epochs.", "A decaying rate shrinks.", "Look at the operator.")
def grows(learning_rate0, epoch_num, decay_rate=0.1):
    return learning_rate0 * (1 + decay_rate * epoch_num)


epoch_left_out = edited(
    "update_lr",
    "epoch_left_out",
    "The rate does not depend on the epoch.",
    "The later the epoch, the smaller the rate.",
    "Look for epoch_num.",
    replace={"decay_rate * epoch_num": "decay_rate"},
)


@mistake("centre", "The mean is taken over all entries.", "Each row has a mean.", "Look at the axis.")
def one_mean(X):
    mu = mean_of_rows(X)  # noqa: F821 - the solution's
    return X - np.mean(X), mu
