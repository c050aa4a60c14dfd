"""What batchnorm accepts, what it refuses, and what a submission earns that is half right."""

import pytest
from in_process import all_mistakes, assignment, failing, judged_as_returned, solution, verdicts

from grader.results import Verdict

BATCHNORM = "batchnorm"

# Everything step by step with intermediate names, arguments overwritten, the cache a tuple.
EXPANDED_GRAPH = """
import numpy as np

def batchnorm_forward(x, gamma, beta, bn_param):
    mode = bn_param['mode']
    eps = bn_param.get('eps', 1e-5)
    momentum = bn_param.get('momentum', 0.9)
    N, D = x.shape
    running_mean = bn_param.get('running_mean', np.zeros(D, dtype=x.dtype))
    running_var = bn_param.get('running_var', np.zeros(D, dtype=x.dtype))
    out, cache = None, None
    if mode == 'train':
        mu = 1.0 / N * np.sum(x, axis=0)
        x -= mu
        sq = x ** 2
        var = 1.0 / N * np.sum(sq, axis=0)
        sqrtvar = np.sqrt(var + eps)
        ivar = 1.0 / sqrtvar
        xhat = x * ivar
        out = np.multiply(xhat, gamma)
        out += beta
        running_mean *= momentum
        running_mean += (1 - momentum) * mu
        running_var *= momentum
        running_var += (1 - momentum) * var
        cache = (xhat, gamma, x, ivar, sqrtvar, var, eps)
    elif mode == 'test':
        out = gamma * (x - running_mean) / np.sqrt(running_var + eps) + beta
    else:
        raise ValueError('Invalid forward batchnorm mode "%s"' % mode)
    bn_param['running_mean'] = running_mean
    bn_param['running_var'] = running_var
    return out, cache

def batchnorm_backward(dout, cache):
    xhat, gamma, xmu, ivar, sqrtvar, var, eps = cache
    N, D = dout.shape
    dbeta = np.sum(dout, axis=0)
    dgamma = np.sum(dout * xhat, axis=0)
    dout *= gamma
    dxmu1 = dout * ivar
    divar = np.sum(dout * xmu, axis=0)
    dsqrtvar = -1.0 / sqrtvar ** 2 * divar
    dvar = 0.5 / np.sqrt(var + eps) * dsqrtvar
    dsq = 1.0 / N * np.ones((N, D)) * dvar
    dxmu2 = 2 * xmu * dsq
    dx1 = dxmu1 + dxmu2
    dmu = -1 * np.sum(dxmu1 + dxmu2, axis=0)
    dx2 = 1.0 / N * np.ones((N, D)) * dmu
    return dx1 + dx2, dgamma, dbeta

def batchnorm_backward_alt(dout, cache):
    xhat, gamma, xmu, ivar, sqrtvar, var, eps = cache
    N = dout.shape[0]
    dxhat = dout * gamma
    dx = 1.0 / N / sqrtvar * (N * dxhat - np.sum(dxhat, axis=0) - xhat * np.sum(dxhat * xhat, axis=0))
    return dx, np.einsum('nd,nd->d', dout, xhat), np.ones(N).dot(dout)

def layernorm_forward(x, gamma, beta, ln_param):
    eps = ln_param.get('eps', 1e-5)
    x = x.T
    x -= np.mean(x, axis=0)
    var = np.mean(np.square(x), axis=0)
    xhat = x / (var + eps) ** 0.5
    out = (gamma.reshape(-1, 1) * xhat + beta.reshape(-1, 1)).T
    return out, (xhat, gamma, var + eps)

def layernorm_backward(dout, cache):
    xhat, gamma, vareps = cache
    dgamma = np.sum(xhat.T * dout, axis=0)
    dbeta = np.sum(dout, axis=0)
    dout = dout.T
    dout *= gamma[:, None]
    D = dout.shape[0]
    dx = (D * dout - np.sum(dout, axis=0) - xhat * np.sum(dout * xhat, axis=0)) / D * vareps ** -0.5
    return dx.T, dgamma, dbeta
"""

# Plain loops over features, the whole Jacobian of a column, an object for a cache, prints, layer norm by way
# of batch norm with parameters of its own.
LOOPS_AND_JACOBIANS = """
import math
import numpy as np

class Remembered:
    def __init__(self, **what):
        self.__dict__.update(what)

def column(values, eps):
    n = len(values)
    mean = math.fsum(values) / n
    var = math.fsum((v - mean) ** 2 for v in values) / n
    return mean, var, [(v - mean) / math.sqrt(var + eps) for v in values]

def batchnorm_forward(x, gamma, beta, bn_param):
    print("forward", bn_param["mode"])
    N, D = x.shape
    eps = bn_param["eps"] if "eps" in bn_param else 1e-5
    old = bn_param["momentum"] if "momentum" in bn_param else 0.9
    bn_param.setdefault("running_mean", np.zeros((D,)))
    bn_param.setdefault("running_var", np.zeros((D,)))
    out = np.empty((N, D))
    x_hat = np.empty((N, D))
    roots = []
    for d in range(D):
        if bn_param["mode"] == "train":
            mean, var, x_hat[:, d] = column(list(x[:, d]), eps)
            bn_param["running_mean"][d] = old * bn_param["running_mean"][d] + (1 - old) * mean
            bn_param["running_var"][d] = old * bn_param["running_var"][d] + (1 - old) * var
            roots.append(math.sqrt(var + eps))
        else:
            x_hat[:, d] = (x[:, d] - bn_param["running_mean"][d]) / (bn_param["running_var"][d] + eps) ** 0.5
        out[:, d] = gamma[d] * x_hat[:, d] + beta[d]
    return out, Remembered(x_hat=x_hat, roots=roots, gamma=gamma)

def jacobian(x_hat, root):
    n = len(x_hat)
    return (np.eye(n) - np.ones((n, n)) / n - np.outer(x_hat, x_hat) / n) / root

def batchnorm_backward(dout, cache):
    N, D = dout.shape
    dx = np.zeros((N, D))
    for d in range(D):
        dx[:, d] = jacobian(cache.x_hat[:, d], cache.roots[d]) @ (cache.gamma[d] * dout[:, d])
    return [dx, (dout * cache.x_hat).sum(0), dout.sum(0)]

def batchnorm_backward_alt(dout, cache):
    return batchnorm_backward(dout, cache)

def layernorm_forward(x, gamma, beta, ln_param):
    ln_param["mode"] = "train"
    D = x.shape[1]
    x_hat, cache = batchnorm_forward(x.T, np.ones(len(x)), np.zeros(len(x)), ln_param)
    cache.layer_gamma = gamma
    return x_hat.T * gamma + beta, cache

def layernorm_backward(dout, cache):
    columns = (dout * cache.layer_gamma).T
    dx, _, _ = batchnorm_backward(columns, cache)
    return dx.T, (dout * cache.x_hat.T).sum(axis=0).tolist(), np.array([sum(c) for c in dout.T])
"""

# The root misplaced in the forward pass, and backward passes that are right for that very forward pass.
CONSISTENT_BUT_MISPLACED = """
import numpy as np

def normalised(x, eps, axis):
    centred = x - x.mean(axis=axis, keepdims=True)
    spread = np.sqrt((centred ** 2).mean(axis=axis, keepdims=True))
    return centred / (spread + eps), spread, spread + eps

def back(dx_hat, x_hat, spread, root, axis):
    along = (dx_hat * x_hat).mean(axis=axis, keepdims=True)
    return (dx_hat - dx_hat.mean(axis=axis, keepdims=True)) / root - x_hat * along / spread

def batchnorm_forward(x, gamma, beta, bn_param):
    x_hat, spread, root = normalised(x, bn_param.get("eps", 1e-5), 0)
    return gamma * x_hat + beta, (x_hat, spread, root, gamma)

def batchnorm_backward(dout, cache):
    x_hat, spread, root, gamma = cache
    return back(dout * gamma, x_hat, spread, root, 0), (dout * x_hat).sum(axis=0), dout.sum(axis=0)

batchnorm_backward_alt = batchnorm_backward

def layernorm_forward(x, gamma, beta, ln_param):
    x_hat, spread, root = normalised(x, ln_param.get("eps", 1e-5), 1)
    return gamma * x_hat + beta, (x_hat, spread, root, gamma)

def layernorm_backward(dout, cache):
    x_hat, spread, root, gamma = cache
    return back(dout * gamma, x_hat, spread, root, 1), (dout * x_hat).sum(axis=0), dout.sum(axis=0)
"""

# A pair whose gradients are right, of a function that normalises nothing.
NOTHING_NORMALISED = """
def batchnorm_forward(x, gamma, beta, bn_param):
    return gamma * x + beta, (x, gamma)

def batchnorm_backward(dout, cache):
    x, gamma = cache
    return dout * gamma, (dout * x).sum(axis=0), dout.sum(axis=0)
"""

BACKWARDS = ["batchnorm_backward", "batchnorm_backward_alt", "layernorm_backward"]


def differences(exercise):
    return {
        case.name for case in assignment(BATCHNORM).exercise(exercise).cases if case.judge.kind == "holds"
    }


def passed(source, exercise):
    return {
        case for case, verdict in verdicts(BATCHNORM, source, exercise).items() if verdict is Verdict.PASSED
    }


def test_the_points_add_up_to_a_hundred():
    assert assignment(BATCHNORM).max_score == 100


def test_the_reference_passes_every_case():
    assert failing(BATCHNORM, solution(BATCHNORM)) == {}


def test_the_untouched_stub_earns_nothing_and_counts_as_not_attempted():
    stub = assignment(BATCHNORM).stub.decode()
    for exercise in assignment(BATCHNORM).exercises:
        assert set(verdicts(BATCHNORM, stub, exercise.name).values()) == {Verdict.NOT_ATTEMPTED}


@pytest.mark.parametrize("source", [EXPANDED_GRAPH, LOOPS_AND_JACOBIANS], ids=["expanded graph", "loops"])
def test_another_right_formulation_passes_every_case(source):
    assert failing(BATCHNORM, source) == {}


@pytest.mark.parametrize(("exercise", "mistake"), all_mistakes(BATCHNORM))
def test_every_known_mistake_fails_some_case(exercise, mistake):
    found = judged_as_returned(BATCHNORM, assignment(BATCHNORM).exercise(exercise), mistake)
    assert set(found.values()) != {Verdict.PASSED}


@pytest.mark.parametrize("exercise", BACKWARDS)
def test_gradients_that_fit_a_faulty_forward_earn_the_cases_of_differences(exercise):
    assert differences(exercise) <= passed(CONSISTENT_BUT_MISPLACED, exercise)
    assert passed(CONSISTENT_BUT_MISPLACED, exercise) != set(verdicts(BATCHNORM, "", exercise))


@pytest.mark.parametrize("exercise", BACKWARDS)
def test_a_faulty_gradient_fails_every_case_of_differences_of_its_kind(exercise):
    source = solution(BATCHNORM).replace("return dx, dgamma, dbeta", "return 1.001 * dx, dgamma, dbeta")
    wrong = differences(exercise) - passed(source, exercise)
    assert wrong == {name for name in differences(exercise) if name.startswith("dx")}


def test_a_pair_that_fits_but_normalises_nothing_earns_no_case_of_dx():
    earned = passed(NOTHING_NORMALISED, "batchnorm_backward")
    assert not {name for name in earned if not name.startswith(("dgamma against", "dbeta against"))}


def test_running_statistics_gone_wrong_cost_nothing_in_backward():
    source = solution(BATCHNORM).replace("momentum * running_mean + (1 - momentum) * mean", "7 * mean")
    assert set(failing(BATCHNORM, source)) == {"batchnorm_forward"}


def test_an_unknown_mode_is_refused_by_the_reference():
    namespace = {}
    exec(solution(BATCHNORM), namespace)
    x = namespace["np"].ones((2, 3))
    with pytest.raises(ValueError, match="mode='guess'"):
        namespace["batchnorm_forward"](x, x[0], x[0], {"mode": "guess"})


def test_cases_tell_examples_from_features():
    square = [
        (exercise.name, case.name)
        for exercise in assignment(BATCHNORM).exercises
        for case in exercise.cases
        if case.inputs["x"].shape[0] == case.inputs["x"].shape[1]
    ]
    assert square == []


def test_every_hint_is_one_sentence_with_steps_of_help():
    for exercise in assignment(BATCHNORM).exercises:
        assert len(exercise.mistakes) >= 3
        for mistake in exercise.mistakes:
            assert mistake.message.endswith(".")
            assert ". " not in mistake.message
            assert len(mistake.help) >= 2
            assert all(step[0].isupper() for step in mistake.help[1:])
            assert all(step.endswith((".", "?")) for step in mistake.help)
