"""What any right `initialize_parameters` returns, whatever numbers its version of torch draws.

A test of chance objects only to what right code would do with a probability below `ALARM`. A submission meets
fewer than a hundred such tests, so right code is wrongly blamed less than once in 1e9 submissions.
"""

import math

import numpy as np

ALARM = 1e-12


def every_parameter_can_be_trained(inputs, returned):
    """Each parameter is a float64 tensor that asks for its gradient, and a leaf."""
    for name, kind in returned["tensors"].items():
        if not kind["is_tensor"]:
            return f"{name} is no tensor."
        if not kind["is_float64"]:
            return f"{name} does not hold float64 numbers; torch draws float32 where no dtype is given."
        if not kind["asks_for_gradient"]:
            return f"{name} does not ask for its gradient."
        if not kind["is_leaf"]:
            return f"{name} is the result of a recorded computation: an optimizer takes leaves only."
    return None


def biases_are_zero(inputs, returned):
    """Every bias is zero."""
    for name, value in returned["parameters"].items():
        if name.startswith("b") and np.any(value):
            return f"{name} is not zero."
    return None


def weights_are_drawn(inputs, returned):
    """No two weights of a layer are the same number."""
    for name, weights in _weights(returned["parameters"]):
        if np.unique(weights).size < weights.size:
            return f"{name} holds a number more than once."
    return None


def layers_are_drawn_apart(inputs, returned):
    """No layer repeats the random numbers of another."""
    # the beginnings tell: torch draws the last numbers of a long tensor differently
    drawn = [(name, weights.ravel()[:8]) for name, weights in _weights(returned["parameters"])]
    for index, (name, weights) in enumerate(drawn):
        for other, others in drawn[:index]:
            size = min(weights.size, others.size)
            if size >= 3 and np.allclose(weights[:size] * others[0], others[:size] * weights[0]):
                return f"{name} and {other} hold the same random numbers, but for a factor."
    return None


def weights_have_the_scale(inputs, returned):
    """The weights of layer l have the mean 0 and the variance 2 / n_{l-1}."""
    for name, weights in _weights(returned["parameters"]):
        z = weights.ravel() * math.sqrt(weights.shape[1] / 2)  # standard normal
        if math.erfc(abs(z.mean()) * math.sqrt(z.size / 2)) < ALARM:
            return f"The mean of {name} is {weights.mean():.3g}."
        if _chance_of_mean_square(float(np.mean(z**2)), z.size) < ALARM:
            wanted = math.sqrt(2 / weights.shape[1])
            return f"The weights of {name} have the size {weights.std():.3g} where {wanted:.3g} is expected."
    return None


def weights_are_normal(inputs, returned):
    """Now and then a weight is twice its standard deviation or more, as normal numbers are."""
    for name, weights in _weights(returned["parameters"]):
        z = np.abs(weights) * math.sqrt(weights.shape[1] / 2)
        # of normal numbers one in 14 is beyond 1.8, of uniform ones of the same variance none
        if math.erf(1.8 / math.sqrt(2)) ** z.size < ALARM and z.max() < 1.8:
            return f"No weight of {name} is large: the numbers are spread evenly, not normally."
    return None


def same_seed_same_numbers(inputs, returned):
    """A second call with the same seed gives the same parameters."""
    for name, value in returned["parameters"].items():
        if not _begins_with(value, returned["same_seed"][name]):
            return "A second call with the same seed gives other parameters."
    return None


def other_seed_other_numbers(inputs, returned):
    """Another seed gives other weights in every layer."""
    for name, weights in _weights(returned["parameters"]):
        if _begins_with(weights, returned["other_seed"][name]):
            return f"{name} is the same for two seeds."
    return None


def _weights(parameters):
    return [(name, value) for name, value in parameters.items() if name.startswith("W")]


def _begins_with(array, numbers):
    return np.array_equal(array.ravel()[: numbers.size], numbers)


def _chance_of_mean_square(x, n):
    """Bound from above the chance that n standard normal numbers have a mean square as far from 1 as x.

    Chernoff's bound for the chi-squared law, for either tail.
    """
    return 2 * math.exp(min(n / 2 * (1 - x + math.log(x)), 0.0)) if 0 < x < math.inf else 0.0
