"""How `frameworks` is called: arrays are made tensors before the call, and tensors arrays after it.

Whatever a function returns, a tensor, an array or a number, is taken for its numbers. With `backward=True`
the gradients of the sum of what was returned are asked for too: only a tensor that autograd has followed
gives them.
"""

import numpy as np
import torch

OPTIMIZERS = {"SGD": torch.optim.SGD, "Adam": torch.optim.Adam}


def linear_function(student, W, X, b, backward=False):
    """Return Z, and the gradients of its sum if asked."""
    return _called(student.linear_function, {"W": W, "X": X, "b": b}, backward)


def sigmoid(student, z, backward=False):
    """Return the activations, and the gradient of their sum if asked."""
    return _called(student.sigmoid, {"z": z}, backward)


def one_hot_matrix(student, label, C):
    """Return the matrix."""
    return _plain(student.one_hot_matrix(torch.tensor(label), C))


def initialize_parameters(student, layers_dims, seed):
    """Return the parameters, the kinds of their tensors, and the first numbers of two more calls."""
    torch.manual_seed(np.random.randint(2**31))  # a state that no seed of the student's gives
    parameters = student.initialize_parameters(list(layers_dims), seed)
    return {
        "parameters": _plain(parameters),
        "tensors": _kinds(parameters),
        "same_seed": _first_numbers(student.initialize_parameters(list(layers_dims), seed)),
        "other_seed": _first_numbers(student.initialize_parameters(list(layers_dims), seed + 1)),
    }


def forward_propagation(student, X, parameters, backward=False):
    """Return the logits, and the gradients of their sum if asked."""

    def forward(X, *values):
        return student.forward_propagation(X, dict(zip(parameters, values, strict=True)))

    return _called(forward, {"X": X, **parameters}, backward)


def compute_total_loss(student, logits, labels, backward=False):
    """Return the total loss, and its gradient if asked."""
    targets = torch.tensor(labels)
    return _called(lambda Z: student.compute_total_loss(Z, targets), {"logits": logits}, backward)


def train_step(student, X, Y, parameters, optimizer):
    """Train on a batch, or on a list of batches in turn; return the costs and the parameters left."""
    leaves = {name: torch.tensor(value, requires_grad=True) for name, value in parameters.items()}
    settings = dict(optimizer)
    steps = OPTIMIZERS[settings.pop("name")](leaves.values(), **settings)
    batches = zip(X, Y, strict=True) if isinstance(X, list) else [(X, Y)]
    costs = [
        _plain(student.train_step(torch.tensor(X), torch.tensor(Y), dict(leaves), steps)) for X, Y in batches
    ]
    return {"costs": costs, "parameters": _plain(leaves)}


def _called(function, arrays, backward):
    leaves = {name: torch.tensor(array, requires_grad=backward) for name, array in arrays.items()}
    # copies, which may be overwritten: a leaf that asks for its gradient may not
    value = function(*(leaf.clone() for leaf in leaves.values()))
    if not backward:
        return _plain(value)
    gradients = None
    if isinstance(value, torch.Tensor) and value.requires_grad:
        value.sum().backward()
        gradients = {name: _plain(leaf.grad) for name, leaf in leaves.items()}
    return {"value": _plain(value), "gradients": gradients}


def _plain(value):
    """Return tensors as arrays, also within dictionaries and sequences; all else as it is."""
    if isinstance(value, torch.Tensor):
        value = value.detach()
        # a copy, since the tensor may change later
        return (value.double() if value.is_floating_point() else value).numpy().copy()
    if isinstance(value, (dict, torch.nn.ParameterDict)):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(item) for item in value) if type(value) in (list, tuple) else list(value)
    return value


def _first_numbers(parameters, most=8):
    """Return the first numbers of each parameter, enough to tell draws apart; None where these are none."""
    plain = _plain(parameters)
    if not isinstance(plain, dict):
        return None
    return {name: np.ravel(value)[:most] for name, value in plain.items()}


def _kinds(parameters):
    """Say of each parameter what an optimizer needs to know; None where these are no parameters."""
    if not isinstance(parameters, (dict, torch.nn.ParameterDict)):
        return None
    return {
        name: {
            "is_tensor": isinstance(value, torch.Tensor),
            "is_float64": getattr(value, "dtype", None) == torch.float64,
            "asks_for_gradient": bool(getattr(value, "requires_grad", False)),
            "is_leaf": bool(getattr(value, "is_leaf", False)),
        }
        for name, value in parameters.items()
    }


def _warm_up():
    """Have torch load now what it loads late, which takes seconds, once for all submissions."""
    weights = torch.ones(2, 2, dtype=torch.float64, requires_grad=True)
    torch.nn.functional.cross_entropy(torch.relu(weights @ weights), torch.tensor([0, 1])).backward()
    for make in OPTIMIZERS.values():
        optimizer = make([weights], lr=0.5)
        optimizer.zero_grad()
        optimizer.step()


torch.set_num_threads(1)
_warm_up()
