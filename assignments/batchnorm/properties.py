"""Properties of the gradients of batchnorm: finite differences of the student's own forward decide."""

import numpy as np

#: Central differences with the steps of the cases are good to about 1e-8.
CLOSE = 1e-5

#: A slope below this is none.
FLAT = 1e-8

#: How widely normalised numbers are spread, whichever way the root is taken; the x of the cases is wider.
NORMAL = (0.1, 2.0)


def forward_normalises_features(inputs, returned):
    """The submission's own forward pass normalises: it brings features to a spread of about one."""
    return _spread(inputs, returned, axis=0, of="a feature")


def forward_normalises_rows(inputs, returned):
    """The submission's own forward pass normalises: it brings examples to a spread of about one."""
    return _spread(inputs, returned, axis=1, of="an example")


def slope_of_own_forward(inputs, returned):
    """The gradient is the slope of the submission's own forward pass."""
    along, dout = inputs["along"], inputs["dout"]
    changes = [
        np.sum(dout * (ahead - behind))
        for ahead, behind in zip(returned["ahead"], returned["behind"], strict=True)
    ]
    measured = np.array(changes) / (2 * inputs["step"])
    gradient = returned[f"d{along}"]
    claimed = np.array([np.sum(gradient * direction) for direction in inputs["directions"]])
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
    if _adds_up_to_zero(returned["dx"], axis=0):
        return None
    return "dx of a feature does not add up to zero over the batch, although its mean is taken away."


def moving_a_row_changes_nothing(inputs, returned):
    """The slopes of an example add up to zero over its features, because its mean is taken away."""
    if _adds_up_to_zero(returned["dx"], axis=1):
        return None
    return "dx of an example does not add up to zero over its features, although its mean is taken away."


def _adds_up_to_zero(gradient, axis):
    """Say whether sums are zero but for rounding."""
    size = np.abs(gradient).sum(axis=axis)
    return bool(np.all(np.abs(gradient.sum(axis=axis)) <= 1e-7 * size + 1e-10))


def _spread(inputs, returned, axis, of):
    """Ask for the spread of x_hat, on average."""
    x_hat = (returned["ahead"][0] - inputs["beta"]) / inputs["gamma"]
    spread = x_hat.std(axis=axis).mean()
    if NORMAL[0] <= spread <= NORMAL[1]:
        return None
    return (
        "The submission's own forward pass does not normalise: "
        f"(out - beta) / gamma has a spread of {spread:.3g} within {of}, not of about one."
    )
