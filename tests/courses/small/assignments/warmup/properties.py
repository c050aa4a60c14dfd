import numpy as np


def has_mean_zero(inputs, returned):
    """The rows have mean zero."""
    mean = np.abs(np.mean(returned["X"], axis=1)).max()
    return None if mean < 1e-9 else f"The mean of a row is {mean:.3g}."
