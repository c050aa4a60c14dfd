"""Properties that any right softmax and any right gradient of its loss has."""

import numpy as np

#: Of probabilities: rounding with scores shifted by thousands stays below 1e-11.
EXACT = 1e-9

#: Central differences with the steps of the cases are good to about 1e-8.
CLOSE = 1e-5

#: A slope below this is none.
FLAT = 1e-8


def columns_sum_to_one(inputs, returned):
    """The probabilities of each example add up to one, and none is negative."""
    for key, probabilities in returned.items():
        of = key.replace("_", " ")
        if np.any(probabilities < 0):
            return f"Some {of} are negative."
        sums = probabilities.sum(axis=0)
        worst = int(np.argmax(np.abs(sums - 1)))
        if abs(sums[worst] - 1) > EXACT:
            return f"Column {worst} of the {of} sums to {sums[worst]:.6g} instead of one."
    return None


def unmoved_by_a_shift(inputs, returned):
    """Adding one number to all scores of an example leaves its probabilities as they are."""
    moved = np.abs(returned["probabilities"] - returned["probabilities_of_shifted_scores"])
    if np.all(moved <= EXACT):
        return None
    return "The probabilities change when the same number is added to all scores of a column."


def larger_scores_larger_shares(inputs, returned):
    """Within a column, a class of a larger score has a larger probability."""
    order = np.argsort(inputs["z"], axis=0)
    steps = np.diff(np.take_along_axis(returned["probabilities"], order, axis=0), axis=0)
    if np.all(steps > 0):
        return None
    return "Within a column, a class of a larger score does not have a larger probability."


def slope_of_own_loss(inputs, returned):
    """The gradient is the slope of the submission's own loss."""
    ahead, behind = np.array(returned["ahead"]), np.array(returned["behind"])
    measured = (ahead - behind) / (2 * inputs["step"])
    claimed = np.array([np.sum(returned["gradient"] * direction) for direction in inputs["directions"]])
    if np.all(np.abs(measured) <= FLAT):
        return "The loss does not change when its first argument moves."
    excess = np.abs(measured - claimed) / (CLOSE * (np.abs(measured) + np.abs(claimed)) + FLAT)
    worst = int(np.argmax(excess))
    if excess[worst] <= 1:
        return None
    return (
        "The gradient is not the slope of the submission's own loss: along one direction it claims "
        f"{claimed[worst]:.6g}, while finite differences give {measured[worst]:.6g}."
    )


def moving_a_row_changes_nothing(inputs, returned):
    """The slopes of an example add up to zero, because shifting all its scores changes no probability."""
    gradient = returned["gradient"]
    size = np.abs(gradient).sum(axis=1)
    if np.all(np.abs(gradient.sum(axis=1)) <= 1e-7 * size + 1e-10):
        return None
    return "dx of an example does not add up to zero, although shifting all its scores changes nothing."
