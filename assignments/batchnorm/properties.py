"""Properties of the gradients of batchnorm: finite differences of the student's own forward decide."""

import numpy as np

#: Central differences with the steps of the cases are good to about 1e-8.
CLOSE = 1e-5

#: A slope below this is none.
FLAT = 1e-8


def slope_of_own_forward(inputs, returned):
    """The gradient is the slope of the submission's own forward pass."""
    along, dout = inputs["along"], inputs["dout"]
    changes = [
        np.sum(dout * (ahead - behind))
        for ahead, behind in zip(returned["ahead"], returned["behind"], strict=True)
    ]
    measured = np.array(changes) / (2 * inputs["step"])
    claimed = np.array([np.sum(returned["gradient"] * direction) for direction in inputs["directions"]])
    if np.all(np.abs(measured) <= FLAT):
        return f"The output of the forward pass does not change when {along} moves."
    excess = np.abs(measured - claimed) / (CLOSE * (np.abs(measured) + np.abs(claimed)) + FLAT)
    worst = int(np.argmax(excess))
    if excess[worst] <= 1:
        return None
    return (
        f"d{along} is not the slope of the submission's own forward pass: along one direction it claims "
        f"{claimed[worst]:.6g}, while finite differences give {measured[worst]:.6g}."
    )


def moving_a_feature_changes_nothing(inputs, returned):
    """The slopes of a feature add up to zero over the batch, because its mean is taken away."""
    if _adds_up_to_zero(returned["gradient"], axis=0):
        return None
    return "dx of a feature does not add up to zero over the batch, although its mean is taken away."


def moving_a_row_changes_nothing(inputs, returned):
    """The slopes of an example add up to zero over its features, because its mean is taken away."""
    if _adds_up_to_zero(returned["gradient"], axis=1):
        return None
    return "dx of an example does not add up to zero over its features, although its mean is taken away."


def _adds_up_to_zero(gradient, axis):
    """Say whether sums are zero but for rounding."""
    size = np.abs(gradient).sum(axis=axis)
    return bool(np.all(np.abs(gradient.sum(axis=axis)) <= 1e-7 * size + 1e-10))
