"""What goes wrong in the optimisers, and the hint that each mistake deserves."""

import math

import numpy as np

from grader.course.declare import edited, mistake


def names(layers):
    """The names of the parameters of these layers."""
    return [f"{kind}{layer}" for layer in layers for kind in "Wb"]


# --- update_parameters_with_gd

gd_uphill = edited(
    "update_parameters_with_gd",
    "uphill",
    "The parameters move along the gradient, so that the cost grows.",
    "The gradient points to where the cost increases fastest; descent goes the opposite way.",
    "Look at the sign between the parameter and its step.",
    replace={"value - learning_rate": "value + learning_rate"},
)
gd_rate_left_out = edited(
    "update_parameters_with_gd",
    "rate_left_out",
    "The step is the whole gradient, whatever the learning rate.",
    "The learning rate says how much of the gradient one step uses.",
    "Compare the results for two learning rates: they are the same.",
    replace={"learning_rate * grads": "grads"},
)
gd_rate_divides = edited(
    "update_parameters_with_gd",
    "rate_divides",
    "The gradient is divided by the learning rate, so that a small rate makes a large step.",
    "A smaller learning rate is meant to make a smaller step.",
    "Look at how the rate and the gradient are combined.",
    replace={'learning_rate * grads["d" + name]': 'grads["d" + name] / learning_rate'},
)
gd_shrinks = edited(
    "update_parameters_with_gd",
    "shrinks",
    "The step is taken from the parameter itself and not from its gradient.",
    "Without the gradient the parameters only shrink towards zero.",
    "Look at which dictionary the step is read from.",
    replace={'learning_rate * grads["d" + name]': "learning_rate * value"},
)


@mistake(
    "update_parameters_with_gd",
    "The weights are updated and the biases stay as they were.",
    "A bias is learned as a weight is: it has a gradient of its own, db.",
    "Each layer needs two updates.",
)
def gd_only_weights(parameters, grads, learning_rate):
    return {
        name: value - learning_rate * grads["d" + name] if name.startswith("W") else value
        for name, value in parameters.items()
    }


@mistake(
    "update_parameters_with_gd",
    "The last layer is not updated.",
    "Layers are numbered 1 to L, and range leaves its end out.",
    "Print the layer numbers that the loop visits, for a network of two layers.",
)
def gd_last_layer_left_out(parameters, grads, learning_rate):
    updated = dict(parameters)
    for name in names(range(1, len(parameters) // 2)):
        updated[name] = parameters[name] - learning_rate * grads["d" + name]
    return updated


@mistake(
    "update_parameters_with_gd",
    "Only layers 1 and 2 are updated, however deep the network is.",
    "The number of layers belongs to the parameters that are given, not to the code.",
    "Look at where the loop takes its end from: each layer has two entries in the dictionary.",
)
def gd_two_layers(parameters, grads, learning_rate):
    updated = dict(parameters)
    for name in names(range(1, 3)):
        updated[name] = parameters[name] - learning_rate * grads["d" + name]
    return updated


@mistake(
    "update_parameters_with_gd",
    "The learning rate is always 0.01, whatever is passed.",
    "An argument that the function does not read cannot have an effect.",
    "Look for a number in the update that should be a name.",
)
def gd_rate_fixed(parameters, grads, learning_rate):
    return {name: value - 0.01 * grads["d" + name] for name, value in parameters.items()}


# --- random_mini_batches


def shuffled(X, Y, seed):
    """The shuffle as it should be; the mistakes below are in the cutting."""
    np.random.seed(seed)
    order = np.random.permutation(X.shape[1])
    return X[:, order], Y[:, order]


def blocks(X, Y, size, count):
    """The first blocks of so many columns."""
    return [(X[:, k * size : (k + 1) * size], Y[:, k * size : (k + 1) * size]) for k in range(count)]


@mistake(
    "random_mini_batches",
    "The last, smaller batch is missing: its examples are never used.",
    "Where m is no multiple of the batch size, some examples are left over after the full batches.",
    "Count the examples in all your batches and compare with m.",
)
def batches_rest_dropped(X, Y, mini_batch_size=64, seed=0):
    X, Y = shuffled(X, Y, seed)
    return blocks(X, Y, mini_batch_size, X.shape[1] // mini_batch_size)


@mistake(
    "random_mini_batches",
    "The last batch has the right size but is cut from the front, so some examples come twice.",
    "The rest begins where the last full batch ends.",
    "Look at both ends of the slice of the last batch: which columns have not been used yet?",
)
def batches_rest_from_front(X, Y, mini_batch_size=64, seed=0):
    X, Y = shuffled(X, Y, seed)
    m, full = X.shape[1], X.shape[1] // mini_batch_size
    batches = blocks(X, Y, mini_batch_size, full)
    rest = m - full * mini_batch_size
    if rest:
        batches.append((X[:, :rest], Y[:, :rest]))
    return batches


@mistake(
    "random_mini_batches",
    "The last batch is filled up to the full size with examples that an earlier batch already has.",
    "Every example belongs to exactly one batch; the last one is smaller where examples run out.",
    "Look at where the slice of the last batch begins.",
)
def batches_rest_filled_up(X, Y, mini_batch_size=64, seed=0):
    X, Y = shuffled(X, Y, seed)
    m, full = X.shape[1], X.shape[1] // mini_batch_size
    batches = blocks(X, Y, mini_batch_size, full)
    if m % mini_batch_size:
        batches.append((X[:, -mini_batch_size:], Y[:, -mini_batch_size:]))
    return batches


@mistake(
    "random_mini_batches",
    "The last batch begins one batch too early and holds the last full batch once more.",
    "The rest begins after as many columns as all full batches hold together.",
    "Work out by hand, for m = 7 and batches of 2, at which column the last batch begins.",
)
def batches_rest_begins_early(X, Y, mini_batch_size=64, seed=0):
    X, Y = shuffled(X, Y, seed)
    m, full = X.shape[1], X.shape[1] // mini_batch_size
    batches = blocks(X, Y, mini_batch_size, full)
    if m % mini_batch_size:
        start = max(full - 1, 0) * mini_batch_size
        batches.append((X[:, start:], Y[:, start:]))
    return batches


@mistake(
    "random_mini_batches",
    "The last batch begins right where it should but one example is missing at its end.",
    "A slice leaves its end out, so it may end at m itself.",
    "Look at the end of the slice of the last batch.",
)
def batches_rest_ends_early(X, Y, mini_batch_size=64, seed=0):
    X, Y = shuffled(X, Y, seed)
    m, full = X.shape[1], X.shape[1] // mini_batch_size
    batches = blocks(X, Y, mini_batch_size, full)
    if m % mini_batch_size:
        start = full * mini_batch_size
        batches.append((X[:, start : m - 1], Y[:, start : m - 1]))
    return batches


@mistake(
    "random_mini_batches",
    "An empty batch follows where the examples fill the batches exactly.",
    "Only where something is left over is there a last, smaller batch.",
    "Look at the condition under which the last batch is added.",
)
def batches_empty_last(X, Y, mini_batch_size=64, seed=0):
    X, Y = shuffled(X, Y, seed)
    return blocks(X, Y, mini_batch_size, X.shape[1] // mini_batch_size + 1)


batches_unshuffled = edited(
    "random_mini_batches",
    "unshuffled",
    "The batches are cut from the examples in the given order: nothing is shuffled.",
    "Data often come sorted; a batch of one class only points in a direction of its own.",
    "Look at which arrays the batches are cut from.",
    replace={"X[:, order], Y[:, order]": "X, Y"},
)
batches_labels_unshuffled = edited(
    "random_mini_batches",
    "labels_unshuffled",
    "The examples are shuffled and their labels are not, so each example meets a label of another one.",
    "An example and its label must move together.",
    "Look at whether both arrays are indexed by the permutation.",
    replace={"Y[:, order]": "Y"},
)
batches_two_draws = edited(
    "random_mini_batches",
    "two_draws",
    "Examples and labels are shuffled by two different permutations.",
    "Each call of np.random.permutation gives a new order.",
    "Draw once, keep the order, and use it for both arrays.",
    replace={"Y[:, order]": "Y[:, np.random.permutation(m)]"},
)
batches_scattered = edited(
    "random_mini_batches",
    "scattered",
    "The examples are sent to the places that the permutation names instead of being taken from there.",
    "Position i of the shuffled set holds example permutation[i]; the reverse is the inverse permutation.",
    "Look at which side of the assignment is indexed by the permutation.",
    replace={"X[:, order], Y[:, order]": "X[:, np.argsort(order)], Y[:, np.argsort(order)]"},
)
batches_seed_ignored = edited(
    "random_mini_batches",
    "seed_ignored",
    "The shuffle is the same for every seed: the generator is always seeded with 0.",
    "A new seed in every epoch is what makes the batches differ from epoch to epoch.",
    "Look at what np.random.seed is given.",
    replace={"np.random.seed(seed)": "np.random.seed(0)"},
)
batches_other_generator = edited(
    "random_mini_batches",
    "other_generator",
    "The permutation comes from np.random.default_rng, which gives another order than np.random.seed does.",
    "The two generators of numpy draw different numbers from the same seed.",
    "Follow the protocol of the docstring: the same calls, in the same order.",
    replace={
        "np.random.seed(seed)": "rng = np.random.default_rng(seed)",
        "np.random.permutation(m)": "rng.permutation(m)",
    },
)
batches_with_replacement = edited(
    "random_mini_batches",
    "with_replacement",
    "The examples are drawn with replacement, so some come twice and others never.",
    "A shuffle puts every example in exactly one place.",
    "Look at which function draws the order.",
    replace={"np.random.permutation(m)": "np.random.randint(0, m, m)"},
)


@mistake(
    "random_mini_batches",
    "The examples are dealt out in turn, as cards are, instead of being cut into consecutive blocks.",
    "After the shuffle, the first batch is the first block of columns, the second batch the next block.",
    "Look at the step of the slices.",
)
def batches_dealt(X, Y, mini_batch_size=64, seed=0):
    X, Y = shuffled(X, Y, seed)
    count = -(-X.shape[1] // mini_batch_size)
    return [(X[:, k::count], Y[:, k::count]) for k in range(count)]


@mistake(
    "random_mini_batches",
    "The batches have their examples in rows instead of columns.",
    "In this assignment examples are the columns of X and of Y, in every batch too.",
    "Look at which axis your slices cut, and at any transpose that is not undone.",
)
def batches_of_rows(X, Y, mini_batch_size=64, seed=0):
    X, Y = shuffled(X, Y, seed)
    starts = range(0, X.shape[1], mini_batch_size)
    return [(X[:, k : k + mini_batch_size].T, Y[:, k : k + mini_batch_size].T) for k in starts]


@mistake(
    "random_mini_batches",
    "The batches hold the examples without their labels.",
    "A step of training needs both: the labels are what the network is compared with.",
    "Each item of the list is a pair.",
)
def batches_without_labels(X, Y, mini_batch_size=64, seed=0):
    X, Y = shuffled(X, Y, seed)
    return [X[:, k : k + mini_batch_size] for k in range(0, X.shape[1], mini_batch_size)]


@mistake(
    "random_mini_batches",
    "The size is taken for the number of batches.",
    "mini_batch_size counts the examples of one batch, not the batches.",
    "For m = 7 and a size of 2 there are three full batches and one rest.",
)
def batches_size_as_count(X, Y, mini_batch_size=64, seed=0):
    X, Y = shuffled(X, Y, seed)
    size = max(X.shape[1] // mini_batch_size, 1)
    return blocks(X, Y, size, -(-X.shape[1] // size))


# --- exponentially_weighted_average

average_correction_left_out = edited(
    "exponentially_weighted_average",
    "correction_left_out",
    "The averages are never corrected for their start at zero, even where correction is asked for.",
    "The first averages lean towards zero, because v starts there; correction lifts them.",
    "Look at what bias_correction changes in your function.",
    replace={"v / (1 - beta**t) if bias_correction else v": "v"},
)
average_always_corrected = edited(
    "exponentially_weighted_average",
    "always_corrected",
    "The averages are corrected even where bias_correction is False.",
    "Momentum, for one, uses the uncorrected average.",
    "Look at whether the function reads bias_correction at all.",
    replace={"v / (1 - beta**t) if bias_correction else v": "v / (1 - beta**t)"},
)
average_power_one_late = edited(
    "exponentially_weighted_average",
    "power_one_late",
    "The power in the correction is one too large at every step.",
    "At the first step v is (1 - beta) times the value, and the correction has to undo just that.",
    "Check with one value: corrected, it is the value itself.",
    replace={"beta**t": "beta ** (t + 1)"},
)
average_power_one_early = edited(
    "exponentially_weighted_average",
    "power_one_early",
    "The power in the correction is counted from 0, which divides by zero at the first step.",
    "The steps of the formula are counted from 1, the indices of Python from 0.",
    "Check with one value: corrected, it is the value itself.",
    replace={"v / (1 - beta**t)": "np.divide(v, 1 - beta ** (t - 1)) if t > 1 else np.inf * v"},
)
average_power_left_out = edited(
    "exponentially_weighted_average",
    "power_left_out",
    "The correction divides by 1 - beta at every step, without the power of t.",
    "The correction has to fade as t grows, since the start at zero is forgotten.",
    "Check with a constant series: corrected, it stays constant.",
    replace={"beta**t": "beta"},
)
average_correction_multiplied = edited(
    "exponentially_weighted_average",
    "correction_multiplied",
    "The correction multiplies where it should divide, which pulls the averages further towards zero.",
    "The first averages are too small, and dividing by a number below 1 makes them larger.",
    "Look at the operator of the correction.",
    replace={"v / (1 - beta**t)": "v * (1 - beta**t)"},
)
average_betas_swapped = edited(
    "exponentially_weighted_average",
    "betas_swapped",
    "beta weighs the new value and 1 - beta the past: the two weights have changed places.",
    "A beta near 1 means a long memory: most of the old average is kept.",
    "Try beta = 0.9 on a series with one spike: the average should hardly move.",
    replace={"beta * v + (1 - beta) * x": "(1 - beta) * v + beta * x"},
)
average_new_share_left_out = edited(
    "exponentially_weighted_average",
    "new_share_left_out",
    "The new value is added in full, so the average grows beyond the values themselves.",
    "The two weights of an average add up to one.",
    "Look at the factor of the new value.",
    replace={"(1 - beta) * x": "x"},
)
average_starts_at_first_value = edited(
    "exponentially_weighted_average",
    "starts_at_first_value",
    "The average starts at the first value instead of at zero.",
    "Here v is zero before the first value; the correction is there to make up for that.",
    "Look at what v is before the loop.",
    replace={"v = 0.0": "v = values[0]"},
)


@mistake(
    "exponentially_weighted_average",
    "The first value is taken as the first average, and the recursion begins with the second.",
    "Here v is zero before the first value, which enters as all the others do; correction makes up for that.",
    "Look at what v is before the loop, and at which value the loop begins.",
)
def average_begins_with_the_second(values, beta, bias_correction=True):
    averages = np.array(values, dtype=float)
    v = averages[0]
    for t in range(1, len(averages)):
        v = beta * v + (1 - beta) * averages[t]
        averages[t] = v / (1 - beta ** (t + 1)) if bias_correction else v
    return averages


@mistake(
    "exponentially_weighted_average",
    "The corrected average is carried into the next step, so it is corrected over and over.",
    "Correction is for what is reported; the recursion goes on with the uncorrected average.",
    "Look at whether one name is used for both.",
)
def average_correction_fed_back(values, beta, bias_correction=True):
    averages = np.zeros(len(values))
    v = 0.0
    for t, x in enumerate(values, start=1):
        v = beta * v + (1 - beta) * x
        if bias_correction:
            v = v / (1 - beta**t)
        averages[t - 1] = v
    return averages


@mistake(
    "exponentially_weighted_average",
    "Only the last average is returned.",
    "The smoothed series has as many entries as the series.",
    "Collect the average of each step.",
)
def average_only_last(values, beta, bias_correction=True):
    v = 0.0
    for x in values:
        v = beta * v + (1 - beta) * x
    return v / (1 - beta ** len(values)) if bias_correction else v


# --- initialisers


@mistake(
    "initialize_velocity",
    'The entries are named as the parameters, "W1", "b1" and so on.',
    "The velocity belongs to the gradients, and carries their names.",
    'The updates will look for "dW1", "db1" and so on.',
)
def velocity_named_as_parameters(parameters):
    return {name: np.zeros(value.shape) for name, value in parameters.items()}


@mistake(
    "initialize_velocity",
    "The last layer has no velocity.",
    "Layers are numbered 1 to L, and range leaves its end out.",
    "Print the keys that you return and compare them with the keys of the parameters.",
)
def velocity_last_layer_left_out(parameters):
    return {"d" + name: np.zeros(parameters[name].shape) for name in names(range(1, len(parameters) // 2))}


@mistake(
    "initialize_velocity",
    "The velocities of the biases have the shape (n,) instead of (n, 1).",
    "An array of shape (n,) added to a column makes a square matrix by broadcasting.",
    "Take the whole shape of each parameter.",
)
def velocity_flat_biases(parameters):
    return {
        "d" + name: np.zeros(value.shape if name.startswith("W") else value.shape[0])
        for name, value in parameters.items()
    }


@mistake(
    "initialize_velocity",
    "The velocity starts at the parameters' own values.",
    "Before the first step nothing has been averaged yet.",
    "Only the shapes of the parameters matter here.",
)
def velocity_of_parameters(parameters):
    return {"d" + name: value.copy() for name, value in parameters.items()}


@mistake(
    "initialize_velocity",
    "The velocity starts at one instead of zero.",
    "Before the first step nothing moves.",
    "Look at which function makes the arrays.",
)
def velocity_of_ones(parameters):
    return {"d" + name: np.ones(value.shape) for name, value in parameters.items()}


@mistake(
    "initialize_rmsprop",
    'The entries are named as the parameters, "W1", "b1" and so on.',
    "The average belongs to the squared gradients, and carries the gradients' names.",
    'The updates will look for "dW1", "db1" and so on.',
)
def rmsprop_named_as_parameters(parameters):
    return {name: np.zeros(value.shape) for name, value in parameters.items()}


@mistake(
    "initialize_rmsprop",
    "The last layer has no average.",
    "Layers are numbered 1 to L, and range leaves its end out.",
    "Print the keys that you return and compare them with the keys of the parameters.",
)
def rmsprop_last_layer_left_out(parameters):
    return {"d" + name: np.zeros(parameters[name].shape) for name in names(range(1, len(parameters) // 2))}


@mistake(
    "initialize_rmsprop",
    "The averages start at one instead of zero.",
    "Ones look safe against division by zero, but epsilon is there for that, and the first steps shrink.",
    "Look at which function makes the arrays.",
)
def rmsprop_of_ones(parameters):
    return {"d" + name: np.ones(value.shape) for name, value in parameters.items()}


@mistake(
    "initialize_rmsprop",
    "The averages start at the squares of the parameters.",
    "The average is one of squared gradients, and before the first step none has been seen.",
    "Only the shapes of the parameters matter here.",
)
def rmsprop_of_squares(parameters):
    return {"d" + name: value**2 for name, value in parameters.items()}


@mistake(
    "initialize_rmsprop",
    "The averages of the biases have the shape (n,) instead of (n, 1).",
    "An array of shape (n,) added to a column makes a square matrix by broadcasting.",
    "Take the whole shape of each parameter.",
)
def rmsprop_flat_biases(parameters):
    return {
        "d" + name: np.zeros(value.shape if name.startswith("W") else value.shape[0])
        for name, value in parameters.items()
    }


@mistake(
    "initialize_adam",
    "The two averages are one and the same dictionary, so what is written to one appears in the other.",
    "Assigning a dictionary to a second name does not copy it.",
    "Make the zeros twice.",
)
def adam_shared_state(parameters):
    v = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    return v, v


@mistake(
    "initialize_adam",
    "Only one of the two averages is returned.",
    "Adam keeps two averages: of the gradients, and of their squares.",
    "Return both, v first.",
)
def adam_only_v(parameters):
    return {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}


@mistake(
    "initialize_adam",
    'The entries are named as the parameters, "W1", "b1" and so on.',
    "Both averages belong to the gradients, and carry their names.",
    'The updates will look for "dW1", "db1" and so on.',
)
def adam_named_as_parameters(parameters):
    v = {name: np.zeros(value.shape) for name, value in parameters.items()}
    s = {name: np.zeros(value.shape) for name, value in parameters.items()}
    return v, s


@mistake(
    "initialize_adam",
    "The averages of the last layer are missing.",
    "Layers are numbered 1 to L, and range leaves its end out.",
    "Print the keys that you return and compare them with the keys of the parameters.",
)
def adam_last_layer_left_out(parameters):
    kept = names(range(1, len(parameters) // 2))
    v = {"d" + name: np.zeros(parameters[name].shape) for name in kept}
    s = {"d" + name: np.zeros(parameters[name].shape) for name in kept}
    return v, s


@mistake(
    "initialize_adam",
    "The second average starts at one instead of zero.",
    "Both averages start at zero, and the bias correction of the update counts on it.",
    "Look at which function makes the arrays of s.",
)
def adam_s_of_ones(parameters):
    v = {"d" + name: np.zeros(value.shape) for name, value in parameters.items()}
    s = {"d" + name: np.ones(value.shape) for name, value in parameters.items()}
    return v, s


# --- update_parameters_with_momentum

momentum_steps_with_gradient = edited(
    "update_parameters_with_momentum",
    "steps_with_gradient",
    "The velocity is computed, but the parameters move along the plain gradient.",
    "The smoothing helps only if the step uses what was smoothed.",
    "Look at what the learning rate is multiplied with.",
    replace={"learning_rate * velocity[key]": "learning_rate * grads[key]"},
)
momentum_forgets = edited(
    "update_parameters_with_momentum",
    "forgets",
    "The old velocity is ignored: each step starts from rest.",
    "Momentum carries a share of the last velocity into the next.",
    "Look at whether the v that is passed in is read at all.",
    replace={"beta * v[key] + ": ""},
)
momentum_new_share_left_out = edited(
    "update_parameters_with_momentum",
    "new_share_left_out",
    "The gradient enters the velocity in full, without its share of 1 - beta.",
    "Here the velocity is an average, and the weights of an average add up to one; some libraries differ.",
    "Look at the factor of the gradient in the velocity.",
    replace={"(1 - beta) * grads": "grads"},
)
momentum_betas_swapped = edited(
    "update_parameters_with_momentum",
    "betas_swapped",
    "beta weighs the gradient and 1 - beta the old velocity: the two weights have changed places.",
    "A beta near 1 means a heavy ball: most of the old velocity is kept.",
    "Look at which weight stands with which term.",
    replace={"beta * v[key] + (1 - beta) * grads": "(1 - beta) * v[key] + beta * grads"},
)
momentum_old_velocity = edited(
    "update_parameters_with_momentum",
    "old_velocity",
    "The parameters move along the velocity of the previous step.",
    "The velocity is renewed first, and the step uses the new one.",
    "Look at the order of the two updates.",
    replace={"learning_rate * velocity[key]": "learning_rate * v[key]"},
)
momentum_uphill = edited(
    "update_parameters_with_momentum",
    "uphill",
    "The parameters move along the velocity with the wrong sign, so that the cost grows.",
    "The velocity averages gradients, which point uphill.",
    "Look at the sign between the parameter and its step.",
    replace={"value - learning_rate": "value + learning_rate"},
)
momentum_rate_left_out = edited(
    "update_parameters_with_momentum",
    "rate_left_out",
    "The step is the whole velocity, whatever the learning rate.",
    "The learning rate says how much of the velocity one step uses.",
    "Look at the update of the parameters.",
    replace={"learning_rate * velocity[key]": "velocity[key]"},
)
momentum_rate_in_velocity = edited(
    "update_parameters_with_momentum",
    "rate_in_velocity",
    "The learning rate is already part of the velocity.",
    "The velocity is an average of gradients alone; the learning rate scales the step.",
    "Look at where the learning rate enters.",
    replace={
        "(1 - beta) * grads[key]": "(1 - beta) * learning_rate * grads[key]",
        "learning_rate * velocity[key]": "velocity[key]",
    },
)
momentum_corrected = edited(
    "update_parameters_with_momentum",
    "corrected",
    "The velocity is divided by 1 - beta in the step, a bias correction that is not part of this update.",
    "Momentum as it is used here goes without correction; Adam will have one.",
    "Look at what the step does with the velocity.",
    replace={"learning_rate * velocity[key]": "learning_rate * velocity[key] / (1 - beta)"},
)
momentum_beta_fixed = edited(
    "update_parameters_with_momentum",
    "beta_fixed",
    "beta is always 0.9, whatever is passed.",
    "An argument that the function does not read cannot have an effect.",
    "Look for a number in the velocity that should be a name.",
    replace={"beta * v[key] + (1 - beta)": "0.9 * v[key] + 0.1"},
)


@mistake(
    "update_parameters_with_momentum",
    "The weights have momentum and the biases move along their plain gradients.",
    "Each parameter has a velocity of its own, the biases too.",
    "Compare your lines for W with those for b.",
)
def momentum_plain_biases(parameters, grads, v, beta, learning_rate):
    moved, velocity = {}, {}
    for name, value in parameters.items():
        key = "d" + name
        velocity[key] = beta * v[key] + (1 - beta) * grads[key]
        moved[name] = value - learning_rate * (velocity[key] if name.startswith("W") else grads[key])
    return moved, velocity


@mistake(
    "update_parameters_with_momentum",
    "The last layer is not updated.",
    "Layers are numbered 1 to L, and range leaves its end out.",
    "Print the layer numbers that the loop visits, for a network of two layers.",
)
def momentum_last_layer_left_out(parameters, grads, v, beta, learning_rate):
    moved, velocity = dict(parameters), dict(v)
    for name in names(range(1, len(parameters) // 2)):
        velocity["d" + name] = beta * v["d" + name] + (1 - beta) * grads["d" + name]
        moved[name] = parameters[name] - learning_rate * velocity["d" + name]
    return moved, velocity


@mistake(
    "update_parameters_with_momentum",
    "Only layers 1 and 2 are updated, however deep the network is.",
    "The number of layers belongs to the parameters that are given, not to the code.",
    "Look at where the loop takes its end from: each layer has two entries in the dictionary.",
)
def momentum_two_layers(parameters, grads, v, beta, learning_rate):
    moved, velocity = dict(parameters), dict(v)
    for name in names(range(1, 3)):
        velocity["d" + name] = beta * v["d" + name] + (1 - beta) * grads["d" + name]
        moved[name] = parameters[name] - learning_rate * velocity["d" + name]
    return moved, velocity


@mistake(
    "update_parameters_with_momentum",
    "The new velocity is used but the old one is returned.",
    "The next step starts from the velocity that this step returns.",
    "Look at which dictionary is returned.",
)
def momentum_state_not_kept(parameters, grads, v, beta, learning_rate):
    moved = {}
    for name, value in parameters.items():
        key = "d" + name
        moved[name] = value - learning_rate * (beta * v[key] + (1 - beta) * grads[key])
    return moved, v


# --- update_parameters_with_rmsprop

rmsprop_not_squared = edited(
    "update_parameters_with_rmsprop",
    "not_squared",
    "s averages the gradients themselves and not their squares.",
    "RMS is the root of the mean of squares: without the squares, signs cancel and the root may not exist.",
    "Look at what is averaged in s.",
    replace={"grads[key] ** 2": "grads[key]"},
)
rmsprop_root_left_out = edited(
    "update_parameters_with_rmsprop",
    "root_left_out",
    "The gradient is divided by s itself, without the root.",
    "s has the size of a squared gradient; only its root has the size of a gradient.",
    "Look at the denominator of the step.",
    replace={"np.sqrt(squares[key])": "squares[key]"},
)
rmsprop_epsilon_inside = edited(
    "update_parameters_with_rmsprop",
    "epsilon_inside",
    "Epsilon is added under the root, before it is taken.",
    "Where s is tiny the two places differ much: the root of 1e-8 is 1e-4.",
    "Look at where the parenthesis of the root closes.",
    replace={"(np.sqrt(squares[key]) + epsilon)": "np.sqrt(squares[key] + epsilon)"},
)
rmsprop_epsilon_without_effect = edited(
    "update_parameters_with_rmsprop",
    "epsilon_without_effect",
    "The argument epsilon has no effect: it is left out, or a fixed number stands in its place.",
    "Epsilon keeps the denominator from vanishing where the gradients are tiny.",
    "Look at the denominator of the step, and at what the function does with its last argument.",
    replace={"(np.sqrt(squares[key]) + epsilon)": "np.sqrt(squares[key])"},
)
rmsprop_epsilon_beside = edited(
    "update_parameters_with_rmsprop",
    "epsilon_beside",
    "Epsilon is added to the quotient, because a parenthesis is missing.",
    "Division binds tighter than addition.",
    "Count the parentheses around the denominator.",
    replace={"/ (np.sqrt(squares[key]) + epsilon)": "/ np.sqrt(squares[key]) + epsilon"},
)
rmsprop_forgets = edited(
    "update_parameters_with_rmsprop",
    "forgets",
    "The old average is ignored: s holds only the present gradient.",
    "The average has a memory: a share of it is carried from step to step.",
    "Look at whether the s that is passed in is read at all.",
    replace={"beta * s[key] + ": ""},
)
rmsprop_new_share_left_out = edited(
    "update_parameters_with_rmsprop",
    "new_share_left_out",
    "The squared gradient enters in full, without its share of 1 - beta.",
    "The two weights of an average add up to one.",
    "Look at the factor of the squared gradient.",
    replace={"(1 - beta) * grads": "grads"},
)
rmsprop_sum_of_squares = edited(
    "update_parameters_with_rmsprop",
    "sum_of_squares",
    "s adds up all squares for ever, so that the steps only shrink.",
    "That is an older method, AdaGrad; RMSprop forgets the distant past, at the pace of beta.",
    "Look at both weights in the update of s.",
    replace={"beta * s[key] + (1 - beta) * grads": "s[key] + grads"},
)
rmsprop_betas_swapped = edited(
    "update_parameters_with_rmsprop",
    "betas_swapped",
    "beta weighs the new square and 1 - beta the old average: the two weights have changed places.",
    "A beta near 1 means a long memory.",
    "Look at which weight stands with which term.",
    replace={"beta * s[key] + (1 - beta) * grads": "(1 - beta) * s[key] + beta * grads"},
)
rmsprop_old_average = edited(
    "update_parameters_with_rmsprop",
    "old_average",
    "The step divides by the root of the previous average.",
    "The average is renewed first, and the step uses the new one.",
    "Look at the order of the two updates.",
    replace={"np.sqrt(squares[key])": "np.sqrt(s[key])"},
)
rmsprop_uphill = edited(
    "update_parameters_with_rmsprop",
    "uphill",
    "The step has the wrong sign, so that the cost grows.",
    "Dividing by a root changes the length of the step, not its direction.",
    "Look at the sign between the parameter and its step.",
    replace={"value - learning_rate": "value + learning_rate"},
)
rmsprop_no_gradient = edited(
    "update_parameters_with_rmsprop",
    "no_gradient",
    "The average of the squares stands in the numerator, where the gradient belongs.",
    "Squares have lost the sign, and with it the direction.",
    "Look at the numerator of the step.",
    replace={"learning_rate * grads[key] /": "learning_rate * squares[key] /"},
)
rmsprop_corrected = edited(
    "update_parameters_with_rmsprop",
    "corrected",
    "s is divided by 1 - beta before its root is taken, a bias correction that is not part of this update.",
    "RMSprop as it is used here goes without correction; Adam will have one.",
    "Look at what stands under the root.",
    replace={"np.sqrt(squares[key])": "np.sqrt(squares[key] / (1 - beta))"},
)
rmsprop_norm = edited(
    "update_parameters_with_rmsprop",
    "norm",
    "All entries of an array are divided by one number, the norm of s, instead of each by its own root.",
    "RMSprop gives every entry a step length of its own.",
    "Everything in the formula goes entry by entry.",
    replace={"np.sqrt(squares[key])": "np.linalg.norm(squares[key])"},
)


@mistake(
    "update_parameters_with_rmsprop",
    "Only layers 1 and 2 are updated, however deep the network is.",
    "The number of layers belongs to the parameters that are given, not to the code.",
    "Look at where the loop takes its end from: each layer has two entries in the dictionary.",
)
def rmsprop_two_layers(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    moved, squares = dict(parameters), dict(s)
    for name in names(range(1, 3)):
        key = "d" + name
        squares[key] = beta * s[key] + (1 - beta) * grads[key] ** 2
        moved[name] = parameters[name] - learning_rate * grads[key] / (np.sqrt(squares[key]) + epsilon)
    return moved, squares


# --- update_parameters_with_adam

adam_uncorrected = edited(
    "update_parameters_with_adam",
    "uncorrected",
    "Neither average is corrected for its start at zero.",
    "In the first steps both averages lean towards zero, and not by the same factor.",
    "Look at which averages the step uses.",
    replace={" / (1 - beta1**t)": "", " / (1 - beta2**t)": ""},
)
adam_v_uncorrected = edited(
    "update_parameters_with_adam",
    "v_uncorrected",
    "The first average is used without bias correction; only the second one is corrected.",
    "Both averages start at zero, and both are corrected, each with its own beta.",
    "Look at the numerator of the step.",
    replace={" / (1 - beta1**t)": ""},
)
adam_s_uncorrected = edited(
    "update_parameters_with_adam",
    "s_uncorrected",
    "The second average is used without bias correction; only the first one is corrected.",
    "Both averages start at zero, and both are corrected, each with its own beta.",
    "Look at what stands under the root.",
    replace={" / (1 - beta2**t)": ""},
)
adam_power_left_out = edited(
    "update_parameters_with_adam",
    "power_left_out",
    "The corrections divide by 1 - beta at every step, without the power of t.",
    "The correction has to fade as t grows, since the start at zero is forgotten.",
    "Look at how t enters the corrections.",
    replace={"beta1**t": "beta1", "beta2**t": "beta2"},
)
adam_power_fixed = edited(
    "update_parameters_with_adam",
    "power_fixed",
    "The corrections square the betas at every step, as if t were always 2.",
    "The power is the number of the step.",
    "Look for a 2 that should be a name.",
    replace={"beta1**t": "beta1**2", "beta2**t": "beta2**2"},
)
adam_power_is_product = edited(
    "update_parameters_with_adam",
    "power_is_product",
    "The corrections multiply beta by t instead of raising it to the power t.",
    "The share of the start that is left shrinks by the factor beta in each step.",
    "Look at the operator between beta and t.",
    replace={"beta1**t": "beta1 * t", "beta2**t": "beta2 * t"},
)
adam_power_one_late = edited(
    "update_parameters_with_adam",
    "power_one_late",
    "The power in the corrections is one too large, although t was counted up before the call.",
    "At the very first step t is 1, and the correction undoes the factor 1 - beta exactly.",
    "Look at whether t is changed before it is used.",
    replace={"beta1**t": "beta1 ** (t + 1)", "beta2**t": "beta2 ** (t + 1)"},
)
adam_corrections_multiplied = edited(
    "update_parameters_with_adam",
    "corrections_multiplied",
    "The corrections multiply where they should divide, which pulls the averages further towards zero.",
    "The first averages are too small, and dividing by a number below 1 makes them larger.",
    "Look at the operator of the two corrections.",
    replace={"/ (1 - beta1**t)": "* (1 - beta1**t)", "/ (1 - beta2**t)": "* (1 - beta2**t)"},
)
adam_rate_fixed = edited(
    "update_parameters_with_adam",
    "rate_fixed",
    "The learning rate is always 0.01, whatever is passed.",
    "A default value applies only where the argument is left out.",
    "Look for a number in the update that should be a name.",
    replace={"value - learning_rate *": "value - 0.01 *"},
)
adam_averages_exchanged = edited(
    "update_parameters_with_adam",
    "averages_exchanged",
    "The two averages are returned in each other's places: s comes before v.",
    "The next step takes the first one for the average of the gradients.",
    "Compare the order of the names in the return statement with the docstring.",
    replace={
        "return moved, v_new, s_new": "return moved, s_new, v_new",
    },
)
adam_one_beta_corrects = edited(
    "update_parameters_with_adam",
    "one_beta_corrects",
    "Both averages are corrected with beta1.",
    "Each average is corrected with the beta that it was made with.",
    "Compare the two corrections.",
    replace={"beta2**t": "beta1**t"},
)
adam_one_beta_averages = edited(
    "update_parameters_with_adam",
    "one_beta_averages",
    "Both averages are made with beta1.",
    "The squares are averaged over a longer time, with a beta of their own.",
    "Compare the lines of v and s.",
    replace={"beta2 * s[key] + (1 - beta2)": "beta1 * s[key] + (1 - beta1)"},
)
adam_betas_swapped = edited(
    "update_parameters_with_adam",
    "betas_swapped",
    "beta1 and beta2 have changed places everywhere.",
    "beta1 belongs to the average of the gradients, beta2 to the average of their squares.",
    "Look at which beta stands with v and which with s.",
    replace={
        "v_new[key] = beta1 * v[key] + (1 - beta1) *": "v_new[key] = beta2 * v[key] + (1 - beta2) *",
        "s_new[key] = beta2 * s[key] + (1 - beta2) *": "s_new[key] = beta1 * s[key] + (1 - beta1) *",
        "v_new[key] / (1 - beta1**t)": "v_new[key] / (1 - beta2**t)",
        "s_new[key] / (1 - beta2**t)": "s_new[key] / (1 - beta1**t)",
    },
)
adam_weights_swapped = edited(
    "update_parameters_with_adam",
    "weights_swapped",
    "In both averages beta weighs the new term and 1 - beta the old one: the weights have changed places.",
    "A beta near 1 means a long memory.",
    "Look at which weight stands with which term.",
    replace={
        "beta1 * v[key] + (1 - beta1)": "(1 - beta1) * v[key] + beta1",
        "beta2 * s[key] + (1 - beta2)": "(1 - beta2) * s[key] + beta2",
    },
)
adam_not_squared = edited(
    "update_parameters_with_adam",
    "not_squared",
    "s averages the gradients themselves and not their squares.",
    "Without the squares signs cancel, and the root may not exist.",
    "Look at what is averaged in s.",
    replace={"grads[key] ** 2": "grads[key]"},
)
adam_root_left_out = edited(
    "update_parameters_with_adam",
    "root_left_out",
    "The step divides by the second average itself, without the root.",
    "The average has the size of a squared gradient; only its root has the size of a gradient.",
    "Look at the denominator of the step.",
    replace={"np.sqrt(s_corrected[key])": "s_corrected[key]"},
)
adam_epsilon_inside = edited(
    "update_parameters_with_adam",
    "epsilon_inside",
    "Epsilon is added under the root, before it is taken.",
    "Where the average of the squares is tiny the two places differ much: the root of 1e-8 is 1e-4.",
    "Look at where the parenthesis of the root closes.",
    replace={"(np.sqrt(s_corrected[key]) + epsilon)": "np.sqrt(s_corrected[key] + epsilon)"},
)
adam_epsilon_without_effect = edited(
    "update_parameters_with_adam",
    "epsilon_without_effect",
    "The argument epsilon has no effect: it is left out, or a fixed number stands in its place.",
    "Epsilon keeps the denominator from vanishing where the gradients are tiny.",
    "Look at the denominator of the step, and at what the function does with its last argument.",
    replace={"(np.sqrt(s_corrected[key]) + epsilon)": "np.sqrt(s_corrected[key])"},
)
adam_epsilon_beside = edited(
    "update_parameters_with_adam",
    "epsilon_beside",
    "Epsilon is added to the quotient, because a parenthesis is missing.",
    "Division binds tighter than addition.",
    "Count the parentheses around the denominator.",
    replace={"/ (np.sqrt(s_corrected[key]) + epsilon)": "/ np.sqrt(s_corrected[key]) + epsilon"},
)
adam_rooted_before_correction = edited(
    "update_parameters_with_adam",
    "rooted_before_correction",
    "The root is taken of the uncorrected average, and the correction divides afterwards.",
    "The correction belongs to the average of the squares, so it comes first.",
    "Look at what stands under the root.",
    replace={"np.sqrt(s_corrected[key])": "np.sqrt(s_new[key]) / (1 - beta2**t)"},
)
adam_steps_with_gradient = edited(
    "update_parameters_with_adam",
    "steps_with_gradient",
    "The plain gradient stands in the numerator of the step, where the corrected first average belongs.",
    "That is RMSprop with a correction; Adam joins it with momentum.",
    "Look at the numerator of the step.",
    replace={"learning_rate * v_corrected[key]": "learning_rate * grads[key]"},
)
adam_v_forgets = edited(
    "update_parameters_with_adam",
    "v_forgets",
    "The old first average is ignored.",
    "Both averages carry a share of their past into the next step.",
    "Look at whether the v that is passed in is read at all.",
    replace={"beta1 * v[key] + ": ""},
)
adam_s_forgets = edited(
    "update_parameters_with_adam",
    "s_forgets",
    "The old second average is ignored.",
    "Both averages carry a share of their past into the next step.",
    "Look at whether the s that is passed in is read at all.",
    replace={"beta2 * s[key] + ": ""},
)
adam_new_shares_left_out = edited(
    "update_parameters_with_adam",
    "new_shares_left_out",
    "The gradient and its square enter the averages in full, without their shares of 1 - beta.",
    "The two weights of an average add up to one.",
    "Look at the factors of the new terms.",
    replace={"(1 - beta1) * grads": "grads", "(1 - beta2) * grads": "grads"},
)
adam_uphill = edited(
    "update_parameters_with_adam",
    "uphill",
    "The step has the wrong sign, so that the cost grows.",
    "The first average points uphill, as the gradients do.",
    "Look at the sign between the parameter and its step.",
    replace={"value - learning_rate": "value + learning_rate"},
)
adam_keeps_corrected = edited(
    "update_parameters_with_adam",
    "keeps_corrected",
    "The corrected averages are returned in place of v and s, so the next step corrects them again.",
    "Correction is for this step only; what is kept are the uncorrected averages.",
    "Look at what is returned, and whether one name is used for both.",
    replace={"return moved, v_new, s_new,": "return moved, v_corrected, s_corrected,"},
)


@mistake(
    "update_parameters_with_adam",
    "The biases are updated with their uncorrected averages; only the weights use the corrected ones.",
    "Every parameter is updated in the same way.",
    "Compare your lines for W with those for b.",
)
def adam_biases_uncorrected(
    parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8
):
    moved, v_new, s_new, v_corrected, s_corrected = {}, {}, {}, {}, {}
    for name, value in parameters.items():
        key = "d" + name
        v_new[key] = beta1 * v[key] + (1 - beta1) * grads[key]
        s_new[key] = beta2 * s[key] + (1 - beta2) * grads[key] ** 2
        v_corrected[key] = v_new[key] / (1 - beta1**t)
        s_corrected[key] = s_new[key] / (1 - beta2**t)
        first, second = (v_corrected, s_corrected) if name.startswith("W") else (v_new, s_new)
        moved[name] = value - learning_rate * first[key] / (np.sqrt(second[key]) + epsilon)
    return moved, v_new, s_new, v_corrected, s_corrected


@mistake(
    "update_parameters_with_adam",
    "Only layers 1 and 2 are updated, however deep the network is.",
    "The number of layers belongs to the parameters that are given, not to the code.",
    "Look at where the loop takes its end from: each layer has two entries in the dictionary.",
)
def adam_two_layers(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    moved, v_new, s_new = dict(parameters), dict(v), dict(s)
    for name in names(range(1, 3)):
        key = "d" + name
        v_new[key] = beta1 * v[key] + (1 - beta1) * grads[key]
        s_new[key] = beta2 * s[key] + (1 - beta2) * grads[key] ** 2
        first, second = v_new[key] / (1 - beta1**t), s_new[key] / (1 - beta2**t)
        moved[name] = parameters[name] - learning_rate * first / (np.sqrt(second) + epsilon)
    return moved, v_new, s_new


# --- learning-rate decay

lr_grows = edited(
    "update_lr",
    "grows",
    "The rate grows with the epochs instead of shrinking.",
    "Large steps at the start, small ones near the goal.",
    "Look at the operator in front of the bracket.",
    replace={
        "learning_rate0 / (1 + decay_rate * epoch_num)": "learning_rate0 * (1 + decay_rate * epoch_num)"
    },
)
lr_one_left_out = edited(
    "update_lr",
    "one_left_out",
    "The 1 in the denominator is missing, so that there is no rate at all at epoch 0.",
    "Before any decay, the rate is the one at the start.",
    "Put epoch 0 into your formula.",
    replace={"(1 + decay_rate * epoch_num)": "(decay_rate * epoch_num)"},
)
lr_exponential = edited(
    "update_lr",
    "exponential",
    "The rate decays exponentially, by a power of decay_rate.",
    "That is a schedule, too, but another one: this one divides by a number that grows evenly.",
    "Compare your formula with the one in the docstring.",
    replace={"learning_rate0 / (1 + decay_rate * epoch_num)": "learning_rate0 * decay_rate**epoch_num"},
)
lr_compound = edited(
    "update_lr",
    "compound",
    "The rate loses the same share of itself in every epoch.",
    "That is exponential decay, which is another schedule: this one divides by a number that grows evenly.",
    "Compare your formula with the one in the docstring.",
    replace={
        "learning_rate0 / (1 + decay_rate * epoch_num)": "learning_rate0 * (1 - decay_rate) ** epoch_num"
    },
)
lr_epoch_left_out = edited(
    "update_lr",
    "epoch_left_out",
    "The rate is the same for every epoch.",
    "The more epochs are done, the smaller the rate.",
    "Look at whether epoch_num is read at all.",
    replace={"(1 + decay_rate * epoch_num)": "(1 + decay_rate)"},
)
lr_decay_left_out = edited(
    "update_lr",
    "decay_left_out",
    "The rate does not depend on decay_rate.",
    "decay_rate says how fast the rate shrinks; it happens to be 1 in many examples.",
    "Look at whether decay_rate is read at all.",
    replace={"decay_rate * epoch_num)": "epoch_num)"},
)
lr_counted_from_one = edited(
    "update_lr",
    "counted_from_one",
    "The epochs are counted from 1, so the rate has already shrunk at the start.",
    "epoch_num counts the epochs that are done: 0 at the start.",
    "Put epoch 0 into your formula.",
    replace={"decay_rate * epoch_num)": "decay_rate * (epoch_num + 1))"},
)
lr_bracket_left_out = edited(
    "update_lr",
    "bracket_left_out",
    "The bracket around the denominator is missing: only the 1 divides.",
    "Division binds tighter than addition.",
    "Count the parentheses.",
    replace={"(1 + decay_rate * epoch_num)": "1 + decay_rate * epoch_num"},
)

stairs_smooth = edited(
    "schedule_lr_decay",
    "smooth",
    "The rate shrinks in every epoch instead of in stairs.",
    "Between two steps down the rate stays the same.",
    "Only whole intervals count: look at how the quotient is rounded.",
    replace={"(epoch_num // time_interval)": "epoch_num / time_interval"},
)
stairs_up = edited(
    "schedule_lr_decay",
    "rounded_up",
    "The number of intervals is rounded up, so each step down comes an interval too early.",
    "An interval counts once it is over.",
    "At epoch 1 no interval is over yet, so the rate is still the one at the start.",
    replace={"(epoch_num // time_interval)": "np.ceil(epoch_num / time_interval)"},
)
stairs_nearest = edited(
    "schedule_lr_decay",
    "rounded_to_nearest",
    "The number of intervals is rounded to the nearest one, so each step down comes half an interval early.",
    "An interval counts once it is over.",
    "Look at how the quotient is rounded.",
    replace={"(epoch_num // time_interval)": "np.round(epoch_num / time_interval)"},
)
stairs_floor_too_wide = edited(
    "schedule_lr_decay",
    "floor_too_wide",
    "Decay rate and intervals are multiplied before rounding down, so a small decay is rounded away.",
    "What is whole is the number of intervals, not its product with decay_rate.",
    "Look at what stands inside the rounding.",
    replace={"decay_rate * (epoch_num // time_interval)": "np.floor(decay_rate * epoch_num / time_interval)"},
)
stairs_interval_fixed = edited(
    "schedule_lr_decay",
    "interval_fixed",
    "The interval is always 1000 epochs, whatever is passed.",
    "A default value applies only where the argument is left out.",
    "Look for a number that should be a name.",
    replace={"epoch_num // time_interval)": "epoch_num // 1000)"},
)
stairs_counted_from_one = edited(
    "schedule_lr_decay",
    "counted_from_one",
    "The first interval counts as over from the start, so every stair is one step too low.",
    "Before the first interval is over, the rate is the one at the start.",
    "Work out by hand how many intervals are over at epoch 0.",
    replace={"(epoch_num // time_interval)": "(epoch_num // time_interval + 1)"},
)
stairs_remainder = edited(
    "schedule_lr_decay",
    "remainder",
    "The epochs since the last step down are counted, instead of the whole intervals.",
    "% gives the remainder of a division.",
    "Put one full interval into your formula: k should be 1.",
    replace={"epoch_num // time_interval)": "epoch_num % time_interval)"},
)
stairs_interval_left_out = edited(
    "schedule_lr_decay",
    "interval_left_out",
    "The rate shrinks as if the interval were one epoch.",
    "The interval is the time between two steps down.",
    "Look at whether time_interval is read at all.",
    replace={"(epoch_num // time_interval)": "epoch_num"},
)


@mistake(
    "schedule_lr_decay",
    "The rate is lowered only in epochs that are exact multiples of the interval, and jumps back in between.",
    "A step down is for good: the rate stays low until the next step.",
    "Compare the rates of epoch 100 and epoch 101 for an interval of 100.",
)
def stairs_only_at_multiples(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    if epoch_num % time_interval == 0:
        return learning_rate0 / (1 + decay_rate * epoch_num / time_interval)
    return learning_rate0


@mistake(
    "schedule_lr_decay",
    "The first stair is level, but from the first step down on the rate shrinks in every epoch.",
    "All stairs are level: between two steps down the rate stays the same.",
    "Look at how the quotient is rounded after the first interval.",
)
def stairs_smooth_later(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    if epoch_num < time_interval:
        return learning_rate0
    return learning_rate0 / (1 + decay_rate * epoch_num / time_interval)


# --- classify_critical_point

point_upside_down = edited(
    "classify_critical_point",
    "upside_down",
    "Minimum and maximum have changed places.",
    "A positive second derivative means that the slope grows: the function curves upwards, as a bowl does.",
    "Check with x^2, whose second derivative is 2.",
    replace={'"minimum" if up else "maximum"': '"maximum" if up else "minimum"'},
)
point_diagonal = edited(
    "classify_critical_point",
    "diagonal",
    "The diagonal of the Hessian is judged instead of its eigenvalues.",
    "The diagonal shows the curvature along the axes only; in between it may differ.",
    "Try [[1, 2], [2, 1]]: going along (1, -1) leads downhill.",
    replace={"np.linalg.eigvalsh(hessian)": "np.diag(hessian)"},
)
point_exact_zero = edited(
    "classify_critical_point",
    "exact_zero",
    "An eigenvalue counts as zero only where it is exactly 0, so crumbs of rounding pass for curvature.",
    "numpy returns 1e-17 or -1e-16 where the exact eigenvalue is zero.",
    "The docstring says what counts as zero.",
    replace={"1e-9 * np.max(np.abs(eigenvalues))": "0.0"},
)
point_absolute_threshold = edited(
    "classify_critical_point",
    "absolute_threshold",
    "What counts as zero is a fixed number, although rounding errors grow and shrink with the matrix.",
    "Multiplying the function by a constant does not change the kind of its critical points.",
    "Compare the eigenvalues with the largest of them.",
    replace={"1e-9 * np.max(np.abs(eigenvalues))": "1e-9"},
)


@mistake(
    "classify_critical_point",
    "A zero eigenvalue makes the point degenerate even where others have both signs.",
    "One way up and one way down make a saddle, whatever happens in the other directions.",
    "Look at the order of your questions.",
)
def point_degenerate_first(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    threshold = 1e-9 * np.max(np.abs(eigenvalues))
    if np.any(np.abs(eigenvalues) <= threshold):
        return "degenerate"
    if np.all(eigenvalues > 0):
        return "minimum"
    return "maximum" if np.all(eigenvalues < 0) else "saddle"


@mistake(
    "classify_critical_point",
    "The sign of the determinant decides, which tells a saddle only in two dimensions.",
    "The determinant is the product of the eigenvalues: two negative ones make it positive again.",
    "Look at the eigenvalues one by one.",
)
def point_determinant(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    product = math.prod(eigenvalues / max(np.max(np.abs(eigenvalues)), 1e-300))
    if abs(product) < 1e-12:
        return "degenerate"
    if product < 0:
        return "saddle"
    return "minimum" if hessian[0, 0] > 0 else "maximum"


@mistake(
    "classify_critical_point",
    "The sum of the eigenvalues decides, so that the larger curvature hides the smaller one.",
    "One direction downhill is enough: then the point is no minimum.",
    "Look at the eigenvalues one by one.",
)
def point_trace(hessian):
    trace = np.trace(hessian)
    if abs(trace) == 0:
        return "degenerate"
    return "minimum" if trace > 0 else "maximum"


@mistake(
    "classify_critical_point",
    "Zero eigenvalues are passed over: a level direction counts as if it were not there.",
    "In a level direction the second derivatives do not say whether the function rises or falls.",
    "Look at what is returned where one eigenvalue is zero.",
)
def point_level_ignored(hessian):
    eigenvalues = np.linalg.eigvalsh(hessian)
    threshold = 1e-9 * np.max(np.abs(eigenvalues))
    up, down = np.any(eigenvalues > threshold), np.any(eigenvalues < -threshold)
    if up and down:
        return "saddle"
    return "minimum" if up else "maximum"


point_capital_letter = edited(
    "classify_critical_point",
    "capital_letter",
    "The kind begins with a capital letter.",
    "The names of the kinds are compared letter by letter.",
    "Compare the strings in your return statements with the docstring.",
    replace={
        '"saddle"\n': '"Saddle"\n',
        '"degenerate"\n': '"Degenerate"\n',
        'return "minimum" if up else "maximum"': 'return "Minimum" if up else "Maximum"',
    },
)
point_never_maximum = edited(
    "classify_critical_point",
    "never_maximum",
    "No point is ever called a maximum: what curves downwards everywhere passes for a minimum.",
    "All eigenvalues of one sign make an extreme point; which kind it is, their common sign says.",
    "Look at what is returned where every eigenvalue is negative.",
    replace={'return "minimum" if up else "maximum"': 'return "minimum"'},
)


@mistake(
    "classify_critical_point",
    "Singular values are judged instead of eigenvalues, and these are never negative.",
    "For a symmetric matrix they are the absolute values of the eigenvalues: the signs are lost.",
    "Look at which function of np.linalg is called.",
)
def point_singular_values(hessian):
    values = np.linalg.svd(hessian)[1]
    return "degenerate" if np.any(values <= 1e-9 * np.max(values)) else "minimum"
