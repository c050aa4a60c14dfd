"""How `optimizers` is called where one plain call would not show everything.

A case with `slopes` takes several steps: every parameter has a slope of its own, its gradient is the slope
times its value, and each step starts from what the one before returned. So a positive slope is a valley and a
negative one a ridge; W1 and b1 cross a bowl, W2 and b2 a saddle.
"""

import copy

import numpy as np


def update_parameters_with_gd(student, **inputs):
    """Take one step, or as many as asked."""
    return _stepped(student.update_parameters_with_gd, ("parameters", "grads", "learning_rate"), (), inputs)


def update_parameters_with_momentum(student, **inputs):
    """Take one step, or as many as asked."""
    names = ("parameters", "grads", "v", "beta", "learning_rate")
    return _stepped(student.update_parameters_with_momentum, names, ("v",), inputs)


def update_parameters_with_rmsprop(student, **inputs):
    """Take one step, or as many as asked."""
    names = ("parameters", "grads", "s", "beta", "learning_rate", "epsilon")
    return _stepped(student.update_parameters_with_rmsprop, names, ("s",), inputs)


def update_parameters_with_adam(student, **inputs):
    """Take one step, or as many as asked."""
    names = ("parameters", "grads", "v", "s", "t", "learning_rate", "beta1", "beta2", "epsilon")
    return _stepped(student.update_parameters_with_adam, names, ("v", "s"), inputs)


def initialize_adam(student, parameters):
    """Fill v after the call, as training does: s stays as it is, unless the two are one dictionary."""
    state = student.initialize_adam(parameters)
    if not isinstance(state, (tuple, list)) or len(state) != 2 or state[0] is not state[1]:
        return state
    v = dict(state[0])
    for key, value in v.items():
        state[1][key] = value + 5
    return v, state[1]


def update_lr(student, epoch_num, **inputs):
    """Ask for the rate of one epoch, or of each of a list."""
    names = ("learning_rate0", "epoch_num", "decay_rate")
    return _each_epoch(student.update_lr, names, epoch_num, inputs)


def schedule_lr_decay(student, epoch_num, **inputs):
    """Ask for the rate of one epoch, or of each of a list."""
    names = ("learning_rate0", "epoch_num", "decay_rate", "time_interval")
    return _each_epoch(student.schedule_lr_decay, names, epoch_num, inputs)


def _each_epoch(rate, names, epochs, inputs):
    if not isinstance(epochs, list):
        return _called(rate, names, inputs | {"epoch_num": epochs})
    return [_called(rate, names, inputs | {"epoch_num": epoch}) for epoch in epochs]


def _called(function, names, inputs):
    """Call as without this file: by position as far as inputs follow the signature, by name after a gap."""
    first = []
    for name in names:
        if name not in inputs:
            break
        first.append(name)
    named = {name: value for name, value in inputs.items() if name not in first}
    return function(*(inputs[name] for name in first), **named)


def _stepped(update, names, state, inputs):
    if "slopes" not in inputs:
        return _called(update, names, inputs)
    slopes, steps = inputs.pop("slopes"), inputs.pop("steps")
    returned = []
    for t in range(1, steps + 1):
        inputs["grads"] = {"d" + name: slope * inputs["parameters"][name] for name, slope in slopes.items()}
        if "t" in names:
            inputs["t"] = t
        # a copy, for the next step may change it in place
        returned.append(copy.deepcopy(_called(update, names, inputs)))
        following = _following(returned[-1], inputs["parameters"], state)
        if following is None:
            break
        inputs.update(following)
    return _stacked(returned)


def _following(returned, parameters, state):
    """Return what the next step starts from; None where that has not the form it should have."""
    parts = copy.deepcopy(returned) if state else (copy.deepcopy(returned),)
    if not isinstance(parts, (tuple, list)) or len(parts) < 1 + len(state):
        return None
    following = {}
    for part, name, prefix in zip(parts, ("parameters", *state), ("", *("d" for _ in state)), strict=False):
        wanted = {prefix + key: value.shape for key, value in parameters.items()}
        if not isinstance(part, dict) or any(np.shape(part.get(key)) != wanted[key] for key in wanted):
            return None
        # what else is in it is nobody's business
        following[name] = {key: part[key] for key in wanted}
    return following


def _stacked(values):
    """Return the values of all steps in the form of one, each array with an axis more, the first."""
    first = values[0]
    if isinstance(first, dict):
        return {key: _stacked([value.get(key) for value in values]) for key in first}
    if isinstance(first, (tuple, list)):
        return type(first)(_stacked([value[place] for value in values]) for place in range(len(first)))
    try:
        return np.array(values)
    except ValueError:
        return first
