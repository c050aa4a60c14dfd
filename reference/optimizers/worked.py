"""The smallest cases of the optimisers, worked by hand."""

import numpy as np

from grader.course.worked import bracketed, dotted, listed, raised, said, summed

CASE = {
    "update_parameters_with_gd": "one layer, by hand",
    "random_mini_batches": "seven examples in batches of two",
    "exponentially_weighted_average": "three values, corrected",
    "initialize_velocity": "one layer",
    "update_parameters_with_momentum": "one layer, by hand",
    "initialize_rmsprop": "one layer",
    "update_parameters_with_rmsprop": "one layer, by hand",
    "initialize_adam": "one layer",
    "update_parameters_with_adam": "the first step, by hand",
    "update_lr": "three epochs, by hand",
    "schedule_lr_decay": "two whole intervals and a bit, by hand",
    "classify_critical_point": "a bowl",
}


def update_parameters_with_gd(parameters, grads, learning_rate):
    W, b = parameters["W1"], parameters["b1"]
    dW, db = grads["dW1"], grads["db1"]
    rate = said(learning_rate)
    moved = listed(f"{rate} · {bracketed(g)} = {said(learning_rate * g)}" for g in dW[0])
    yield f"A step is the learning rate times the gradient. For `W1`: {moved}.", learning_rate * dW
    W = W - learning_rate * dW
    walked = listed(f"{said(w)} − {bracketed(learning_rate * g)}" for w, g in zip(parameters["W1"][0], dW[0]))
    yield f"The gradient points uphill, so the step is taken away from `W1`: {walked}.", W
    b = b - learning_rate * db
    yield (
        f"`b1` moves by its own gradient in the same way: "
        f"{said(parameters['b1'][0, 0])} − {rate} · {bracketed(db[0, 0])} = {said(b[0, 0])}.",
        b,
    )
    return {"W1": W, "b1": b}


def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    m = X.shape[1]
    order = np.random.RandomState(seed).permutation(m)
    yield f"With the seed {seed}, the one permutation of the {m} examples that is drawn is this.", order
    first = order[:mini_batch_size]
    yield (
        f"The first batch has the first {mini_batch_size} of them: examples {listed(map(str, first))}, "
        "counted from 0. Take these columns of `X`.",
        X[:, first],
    )
    yield "The labels move along with their examples: the same columns of `Y`.", Y[:, first]
    cuts = [order[k : k + mini_batch_size] for k in range(0, m, mini_batch_size)]
    whole, rest = divmod(m, mini_batch_size)
    yield (
        f"Go on to the right, {mini_batch_size} at a time: {m} examples make {whole} full batches, "
        f"and {rest} is left for a last one.",
        [X[:, cut] for cut in cuts],
    )
    yield "The labels are cut at the same places.", [Y[:, cut] for cut in cuts]
    return [(X[:, cut], Y[:, cut]) for cut in cuts]


def exponentially_weighted_average(values, beta, bias_correction=True):
    plain, v = [], 0.0
    for x in values:
        written = dotted([beta, 1 - beta], [v, x])
        v = beta * v + (1 - beta) * x
        start = "Before the first value, v is 0" if not plain else "The next v starts from the one before"
        plain.append(v)
        yield f"{start}: {written} = {said(v)}.", v
    weights = 1 - beta ** np.arange(1, len(values) + 1)
    if bias_correction:
        powers = listed(f"1 − {said(beta)}{raised(t + 1)} = {said(weights[t])}" for t in range(len(values)))
        yield f"The start at 0 pulls every v down: only so much weight has been given out: {powers}.", weights
        divided = listed(f"{said(v)} / {said(w)}" for v, w in zip(plain, weights))
        yield (
            f"What is reported is v divided by that: {divided}. The recursion above never sees it.",
            np.array(plain) / weights,
        )


def initialize_velocity(parameters):
    yield from _zeros(parameters, "a velocity")


def initialize_rmsprop(parameters):
    yield from _zeros(parameters, "an average of squares")


def _zeros(parameters, what):
    W, b = parameters["W1"], parameters["b1"]
    yield (
        f"Every parameter gets {what} of its own. `W1` has {W.shape[0]} row and {W.shape[1]} columns, "
        "so that `dW1` is as large, and filled with zeros.",
        np.zeros(W.shape),
    )
    yield (
        f"`b1` has the shape {b.shape}, and so has `db1`: the shape counts, not only the size.",
        np.zeros(b.shape),
    )
    yield (
        "They are stored under the names of the gradients, with a d in front.",
        {
            "dW1": np.zeros(W.shape),
            "db1": np.zeros(b.shape),
        },
    )


def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    W, b, dW, db = parameters["W1"], parameters["b1"], grads["dW1"], grads["db1"]
    vdW = beta * v["dW1"] + (1 - beta) * dW
    mixed = listed(
        f"{dotted([beta, 1 - beta], [old, g])} = {said(new)}"
        for old, g, new in zip(v["dW1"][0], dW[0], vdW[0])
    )
    yield f"The new velocity keeps {said(beta)} of the old one and takes in the gradient: {mixed}.", vdW
    moved = W - learning_rate * vdW
    steps = listed(f"{said(w)} − {said(learning_rate)} · {bracketed(x)}" for w, x in zip(W[0], vdW[0]))
    yield f"`W1` moves against the new velocity, not against the gradient: {steps}.", moved
    vdb = beta * v["db1"] + (1 - beta) * db
    mixed = dotted([beta, 1 - beta], [v["db1"][0, 0], db[0, 0]])
    yield f"The velocity of `b1` in the same way: {mixed} = {said(vdb[0, 0])}.", vdb
    moved_b = b - learning_rate * vdb
    yield (
        f"And `b1` moves along: {said(b[0, 0])} − {said(learning_rate)} · {bracketed(vdb[0, 0])} "
        f"= {said(moved_b[0, 0])}.",
        moved_b,
    )
    return {"W1": moved, "b1": moved_b}, {"dW1": vdW, "db1": vdb}


def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    W, b, dW, db = parameters["W1"], parameters["b1"], grads["dW1"], grads["db1"]
    sdW = beta * s["dW1"] + (1 - beta) * dW**2
    mixed = listed(
        f"{said(beta)} · {said(old)} + {said(1 - beta)} · {bracketed(g)}² = {said(new)}"
        for old, g, new in zip(s["dW1"][0], dW[0], sdW[0])
    )
    yield f"The average of squares takes in the squared gradient, entry by entry: {mixed}.", sdW
    root = np.sqrt(sdW) + epsilon
    roots = listed(f"√{said(x)} + {said(epsilon)} = {said(r)}" for x, r in zip(sdW[0], root[0]))
    yield f"Each entry is divided by its own root; epsilon is added after the root is taken: {roots}.", root
    moved = W - learning_rate * dW / root
    steps = listed(
        f"{said(w)} − {said(learning_rate)} · {bracketed(g)} / {said(r)}"
        for w, g, r in zip(W[0], dW[0], root[0])
    )
    yield f"`W1` takes its step with the gradient itself above the line: {steps}.", moved
    sdb = beta * s["db1"] + (1 - beta) * db**2
    yield (
        f"For `b1`: {said(beta)} · {said(s['db1'][0, 0])} + {said(1 - beta)} · {said(db[0, 0])}² "
        f"= {said(sdb[0, 0])}.",
        sdb,
    )
    moved_b = b - learning_rate * db / (np.sqrt(sdb) + epsilon)
    yield (
        f"And its step: {said(b[0, 0])} − {said(learning_rate)} · {said(db[0, 0])} / "
        f"(√{said(sdb[0, 0])} + {said(epsilon)}).",
        moved_b,
    )
    return {"W1": moved, "b1": moved_b}, {"dW1": sdW, "db1": sdb}


def initialize_adam(parameters):
    zeros = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    yield (
        "Adam keeps two averages. v, of the gradients, is zero at first, in the shape of each parameter.",
        zeros,
    )
    again = {key: value.copy() for key, value in zeros.items()}
    yield (
        "s, of their squares, looks the same but is a dictionary of its own: filling v leaves s at zero.",
        again,
    )
    return zeros, again


def update_parameters_with_adam(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    keys = {"W1": "dW1", "b1": "db1"}
    W, dW = parameters["W1"][0, 0], grads["dW1"][0, 0]
    v_new = {key: beta1 * v[key] + (1 - beta1) * grads[key] for key in keys.values()}
    first = dotted([beta1, 1 - beta1], [v["dW1"][0, 0], dW])
    yield f"v takes in the gradients. First entry of `dW1`: {first} = {said(v_new['dW1'][0, 0])}.", v_new
    s_new = {key: beta2 * s[key] + (1 - beta2) * grads[key] ** 2 for key in keys.values()}
    first = f"{said(beta2)} · {said(s['dW1'][0, 0])} + {said(1 - beta2)} · {bracketed(dW)}²"
    yield f"s takes in their squares. First entry: {first} = {said(s_new['dW1'][0, 0])}.", s_new
    v_corrected = {key: v_new[key] / (1 - beta1**t) for key in v_new}
    vc, sc = v_corrected["dW1"][0, 0], s_new["dW1"][0, 0] / (1 - beta2**t)
    yield (
        f"This is step {t}: v is divided by 1 − {said(beta1)}{raised(t)} = {said(1 - beta1**t)}. "
        f"First entry: {said(vc)}. What is kept for the next step is the v from above.",
        v_corrected,
    )
    s_corrected = {key: s_new[key] / (1 - beta2**t) for key in s_new}
    yield (
        f"s likewise, with its own beta: by 1 − {said(beta2)}{raised(t)} = {said(1 - beta2**t)}. "
        f"First entry: {said(sc)}.",
        s_corrected,
    )
    moved = {
        name: parameters[name] - learning_rate * v_corrected[key] / (np.sqrt(s_corrected[key]) + epsilon)
        for name, key in keys.items()
    }
    step = f"{said(W)} − {said(learning_rate)} · {bracketed(vc)} / (√{said(sc)} + {said(epsilon)})"
    yield (
        f"The step takes both corrected ones. First entry of `W1`: {step} = {said(moved['W1'][0, 0])}.",
        moved,
    )
    return moved, v_new, s_new, v_corrected, s_corrected


def update_lr(learning_rate0, epoch_num, decay_rate):
    below = 1 + decay_rate * epoch_num
    yield (
        f"Every epoch adds the decay rate to a denominator that starts at 1: "
        f"1 + {said(decay_rate)} · {epoch_num} = {said(below)}.",
        below,
    )
    yield (
        f"The rate at the start is divided by it: {said(learning_rate0)} / {said(below)}.",
        learning_rate0 / below,
    )


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    whole = epoch_num // time_interval
    yield (
        f"In {epoch_num} epochs there are {whole} whole intervals of {time_interval}; "
        "what is begun and not over does not count.",
        whole,
    )
    below = 1 + decay_rate * whole
    yield (
        f"Each adds the decay rate to the denominator: 1 + {said(decay_rate)} · {whole} = {said(below)}.",
        below,
    )
    yield (
        f"The rate at the start is divided by it: {said(learning_rate0)} / {said(below)}.",
        learning_rate0 / below,
    )


def classify_critical_point(hessian):
    (a, b), (_, d) = hessian
    middle, spread = (a + d) / 2, np.hypot((a - d) / 2, b)
    yield (
        f"The eigenvalues of a symmetric 2 by 2 matrix have the mean of its diagonal in their middle: "
        f"({summed([a, d])}) / 2 = {said(middle)}.",
        middle,
    )
    yield (
        f"They lie to both sides of it, at the distance √(({summed([a, -d])})² / 4 + {said(b)}²) "
        f"= {said(spread)}.",
        np.array([middle - spread, middle + spread]),
    )
    yield (
        f"None of {listed([said(middle - spread), said(middle + spread)])} counts as zero: "
        f"that would take at most 10⁻⁹ times the larger one.",
        1e-9 * max(abs(middle - spread), abs(middle + spread)),
    )
    yield "Both are positive: the cost rises to all sides of this point.", "minimum"
