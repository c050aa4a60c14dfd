"""Known misconceptions of batchnorm, each with the hint it deserves."""

import numpy as np

from grader.course.declare import edited, mistake

# ---------------------------------------------------------------------------------------- batchnorm_forward

sample_variance = edited(
    "batchnorm_forward",
    "sample_variance",
    "The variance of the batch is divided by N - 1.",
    "Batch norm describes the batch it has; it does not estimate the variance of a larger population, so the "
    "squared deviations are averaged over all N of them.",
    "Look at how the variance is computed: at the divisor, or at a ddof argument.",
    replace={"((x - mean) ** 2).mean(axis=0)": "((x - mean) ** 2).sum(axis=0) / np.float64(len(x) - 1)"},
)

running_sample_variance = edited(
    "batchnorm_forward",
    "running_sample_variance",
    "The running variance is fed with a variance that is divided by N - 1.",
    "Some libraries keep the running variance in that form; here the running variance follows the very "
    "variance that the batch was normalised with.",
    "Compare the variance in the update of running_var with the one under the root.",
    replace={"(1 - momentum) * var": "(1 - momentum) * var * len(x) / np.float64(len(x) - 1)"},
)

eps_outside_the_root = edited(
    "batchnorm_forward",
    "eps_outside_the_root",
    "eps is added after the square root has been taken.",
    "eps keeps the variance away from zero before its root is taken; with a small variance the two places "
    "give visibly different roots.",
    "Look at what exactly the square root is applied to.",
    replace={"np.sqrt(var + eps)": "np.sqrt(var) + eps"},
)

eps_left_out = edited(
    "batchnorm_forward",
    "eps_left_out",
    "eps plays no part in the normalisation.",
    "A feature that never changes within the batch has variance zero, and something has to keep the division "
    "finite.",
    "Follow eps from bn_param: where does it enter the formula of x_hat?",
    replace={"np.sqrt(var + eps)": "np.sqrt(var)"},
)

eps_fixed = edited(
    "batchnorm_forward",
    "eps_fixed",
    "eps is always 1e-5, whatever bn_param says.",
    "1e-5 is only what holds when the caller does not give another value.",
    'Look at where eps gets its value, and at what happens when bn_param has the key "eps".',
    replace={'bn_param.get("eps", 1e-5)': "1e-5"},
)

momentum_fixed = edited(
    "batchnorm_forward",
    "momentum_fixed",
    "The momentum is always 0.9, whatever bn_param says.",
    "0.9 is only what holds when the caller does not give another value.",
    'Look at where momentum gets its value, and at what happens when bn_param has the key "momentum".',
    replace={'bn_param.get("momentum", 0.9)': "0.9"},
)

momentum_the_other_way_round = edited(
    "batchnorm_forward",
    "momentum_the_other_way_round",
    "The momentum weighs the new batch instead of the past.",
    "With a momentum of 0.9 the running statistics should be slow: most of the new value is the old one.",
    "In the update of the running statistics, ask which of the two weights belongs to the old value.",
    replace={
        "momentum * running_mean + (1 - momentum) * mean": "(1 - momentum) * running_mean + momentum * mean",
        "momentum * running_var + (1 - momentum) * var": "(1 - momentum) * running_var + momentum * var",
    },
)

running_var_of_roots = edited(
    "batchnorm_forward",
    "running_var_of_roots",
    "The running variance averages standard deviations instead of variances.",
    "running_var is used in test mode where the variance of the batch stands in train mode, with eps and the "
    "root still to come; both have to be the same kind of quantity.",
    "Look at what enters the update of running_var: before or after the square root?",
    replace={"(1 - momentum) * var": "(1 - momentum) * np.sqrt(var)"},
)

running_var_of_roots_with_eps = edited(
    "batchnorm_forward",
    "running_var_of_roots_with_eps",
    "The running variance averages the roots that x was divided by.",
    "running_var stands in for the variance in test mode, where eps is added and the root is taken again.",
    "Look at what enters the update of running_var: the variance itself, or the root that was made of it?",
    replace={"(1 - momentum) * var": "(1 - momentum) * np.sqrt(var + eps)"},
)

running_var_with_eps = edited(
    "batchnorm_forward",
    "running_var_with_eps",
    "eps is mixed into the running variance.",
    "The running variance follows the plain variance of the batches; eps is added anew each time a root is "
    "taken, in test mode too.",
    "Look at whether the variable that enters the update of running_var already holds eps.",
    replace={"(1 - momentum) * var": "(1 - momentum) * (var + eps)"},
)

running_is_last_batch = edited(
    "batchnorm_forward",
    "running_is_last_batch",
    "The running statistics are replaced by those of the batch, so that the past is forgotten.",
    "They are an exponentially weighted average over all batches seen: the old value keeps a share.",
    "Look at the two assignments to the running statistics: does the old value occur on the right?",
    replace={
        "momentum * running_mean + (1 - momentum) * mean": "mean",
        "momentum * running_var + (1 - momentum) * var": "var",
    },
)

running_starts_at_first_batch = edited(
    "batchnorm_forward",
    "running_starts_at_first_batch",
    "Where there are no running statistics yet, they are set to those of the first batch.",
    "The average starts from zeros, and the first batch moves it away from there by its own share.",
    "Look at what the running statistics are before the update when bn_param does not have them.",
    replace={
        'bn_param.get("running_mean", np.zeros(D))': 'bn_param.get("running_mean", x.mean(axis=0))',
        'bn_param.get("running_var", np.zeros(D))': 'bn_param.get("running_var", x.var(axis=0))',
    },
)

running_var_starts_at_one = edited(
    "batchnorm_forward",
    "running_var_starts_at_one",
    "Where there is no running variance yet, it starts from ones instead of zeros.",
    "Some libraries start there; here both running statistics start from zeros.",
    "Look at what the running variance is before the update when bn_param does not have it.",
    replace={'bn_param.get("running_var", np.zeros(D))': 'bn_param.get("running_var", np.ones(D))'},
)

running_not_stored = edited(
    "batchnorm_forward",
    "running_not_stored",
    "bn_param does not receive the new running statistics.",
    "The next call sees only what bn_param holds; an update of a local variable is forgotten on return.",
    "After the update in train mode, look at what is written back into bn_param.",
    replace={'bn_param["running_mean"] =': "running_mean =", 'bn_param["running_var"] =': "running_var ="},
)

running_mean_not_updated = edited(
    "batchnorm_forward",
    "running_mean_not_updated",
    "The running mean stays what it was before the batch.",
    "Both running statistics are averages over the batches seen, so that both move in train mode.",
    "Check that the update of the mean is computed, and that it is stored under its own key.",
    replace={"momentum * running_mean + (1 - momentum) * mean": "running_mean"},
)

running_var_not_updated = edited(
    "batchnorm_forward",
    "running_var_not_updated",
    "The running variance stays what it was before the batch.",
    "Both running statistics are averages over the batches seen, so that both move in train mode.",
    "Check that the update of the variance is computed, and that it is stored under its own key.",
    replace={"momentum * running_var + (1 - momentum) * var": "running_var"},
)

train_uses_running = edited(
    "batchnorm_forward",
    "train_uses_running",
    "Train mode normalises with the running statistics instead of those of the batch.",
    "In training every batch is normalised with its own mean and variance; the running ones are only "
    "gathered for later use.",
    "Look at which mean and variance enter x_hat in train mode.",
    replace={
        "std = np.sqrt(var + eps)": (
            'mean, var = bn_param["running_mean"], bn_param["running_var"]\n    std = np.sqrt(var + eps)'
        )
    },
)

test_uses_batch = edited(
    "batchnorm_forward",
    "test_uses_batch",
    "Test mode normalises with the statistics of the batch instead of the running ones.",
    "In use, the answer for one example must not depend on which others happen to come along; that is what "
    "the running statistics are kept for.",
    "Look at which mean and variance enter x_hat in test mode.",
    replace={
        "mean = running_mean\n": "mean = x.mean(axis=0)\n",
        "var = running_var\n": "var = x.var(axis=0)\n",
    },
)

test_updates_running = edited(
    "batchnorm_forward",
    "test_updates_running",
    "Test mode changes the running statistics.",
    "What is learned from the training data is finished when testing begins; examples that are only to be "
    "judged leave no trace.",
    "Look at which branch, train or test, the update of the running statistics stands in.",
    replace={
        "mean = running_mean\n": (
            "mean = running_mean\n"
            '        bn_param["running_mean"] = momentum * running_mean + (1 - momentum) * x.mean(axis=0)\n'
            '        bn_param["running_var"] = momentum * running_var + (1 - momentum) * x.var(axis=0)\n'
        )
    },
)

mode_not_read = edited(
    "batchnorm_forward",
    "mode_not_read",
    "Test mode is treated like train mode.",
    "In use, the answer for one example must not depend on which others happen to come along, and what was "
    "learned from the training data stays as it is.",
    "Look at the condition that tells the modes apart: can it ever fail?",
    replace={'mode == "train":': 'mode in ("train", "test"):'},
)

test_takes_variance_for_root = edited(
    "batchnorm_forward",
    "test_takes_variance_for_root",
    "Test mode divides by the running variance, not by a root.",
    "Both modes normalise by the same formula; only where mean and variance come from differs.",
    "Compare the denominators of x_hat in the two modes.",
    replace={
        "    std = np.sqrt(var + eps)": '    std = np.sqrt(var + eps) if mode == "train" else var + eps'
    },
)

test_without_eps = edited(
    "batchnorm_forward",
    "test_without_eps",
    "Test mode leaves eps out.",
    "Both modes normalise by the same formula; only where mean and variance come from differs.",
    "Compare the denominators of x_hat in the two modes.",
    replace={
        "    std = np.sqrt(var + eps)": '    std = np.sqrt(var + eps) if mode == "train" else np.sqrt(var)'
    },
)

test_without_gamma_beta = edited(
    "batchnorm_forward",
    "test_without_gamma_beta",
    "Test mode leaves out scale and shift.",
    "gamma and beta are part of what the network has learned, and belong to its answer in both modes.",
    "Compare the last step of the two modes.",
    replace={
        "    out = gamma * x_hat + beta": '    out = gamma * x_hat + beta if mode == "train" else x_hat'
    },
)

batch_over_features = edited(
    "batchnorm_forward",
    "batch_over_features",
    "Mean and variance are taken over the features of each example instead of over the batch.",
    "Batch norm has one mean and one variance per feature, D of each; the N examples are what is averaged "
    "over.",
    "Look at the axis of the mean and of the variance, and at the shapes they have.",
    replace={
        "x.mean(axis=0)": "x.mean(axis=1, keepdims=True)",
        "((x - mean) ** 2).mean(axis=0)": "((x - mean) ** 2).mean(axis=1, keepdims=True)",
    },
)

batch_over_everything = edited(
    "batchnorm_forward",
    "batch_over_everything",
    "One single mean and variance is taken over the whole batch and all features.",
    "Features live on different scales; each has its own mean and its own variance.",
    "Look at the axis of the mean and of the variance: without one, everything is averaged.",
    replace={
        "x.mean(axis=0)": "np.full(D, x.mean())",
        "((x - mean) ** 2).mean(axis=0)": "np.full(D, ((x - mean) ** 2).mean())",
    },
)

running_with_extra_axis = edited(
    "batchnorm_forward",
    "running_with_extra_axis",
    "The running statistics are stored with shape (1, D) instead of (D,).",
    "Statistics of a feature are D numbers; an axis of length one that was kept by the mean stays in all "
    "that is computed from it.",
    "Look at keepdims where the mean and the variance of the batch are taken.",
    replace={
        "x.mean(axis=0)": "x.mean(axis=0, keepdims=True)",
        "((x - mean) ** 2).mean(axis=0)": "((x - mean) ** 2).mean(axis=0, keepdims=True)",
    },
)

mean_not_taken_away = edited(
    "batchnorm_forward",
    "mean_not_taken_away",
    "x is divided by the root, but the mean is not taken away before.",
    "A normalised feature has mean zero as well as variance one.",
    "Look at the numerator of x_hat.",
    replace={"x_hat = (x - mean) / std": "x_hat = x / std"},
)

divided_by_variance = edited(
    "batchnorm_forward",
    "divided_by_variance",
    "x is divided by the variance instead of by its root.",
    "The variance has the unit of x squared; only its root has the unit of x, so that x_hat has spread one.",
    "Look at the denominator of x_hat.",
    replace={"x_hat = (x - mean) / std": "x_hat = (x - mean) / (var + eps)"},
)

gamma_beta_left_out = edited(
    "batchnorm_forward",
    "gamma_beta_left_out",
    "The output is the normalised batch, without scale and shift.",
    "With gamma and beta the layer can choose any mean and spread for a feature, its old ones included.",
    "Look at the last step, from x_hat to out.",
    replace={"out = gamma * x_hat + beta": "out = x_hat"},
)

gamma_left_out = edited(
    "batchnorm_forward",
    "gamma_left_out",
    "gamma does not scale the output.",
    "gamma sets the spread of each feature, beta its mean.",
    "Look at the last step, from x_hat to out.",
    replace={"out = gamma * x_hat + beta": "out = x_hat + beta"},
)

beta_left_out = edited(
    "batchnorm_forward",
    "beta_left_out",
    "beta does not shift the output.",
    "gamma sets the spread of each feature, beta its mean.",
    "Look at the last step, from x_hat to out.",
    replace={"out = gamma * x_hat + beta": "out = gamma * x_hat"},
)

gamma_beta_exchanged = edited(
    "batchnorm_forward",
    "gamma_beta_exchanged",
    "gamma and beta have changed places.",
    "gamma is the scale of a feature, beta its shift.",
    "Look at the last step, from x_hat to out.",
    replace={"out = gamma * x_hat + beta": "out = beta * x_hat + gamma"},
)

shift_scaled_too = edited(
    "batchnorm_forward",
    "shift_scaled_too",
    "The shift is scaled along with the normalised batch.",
    "beta is the mean of the output as it stands: scaling comes first, the shift after it.",
    "Look at the order of scale and shift in the last step, and at the brackets.",
    replace={"out = gamma * x_hat + beta": "out = gamma * (x_hat + beta)"},
)

variance_by_cancellation = edited(
    "batchnorm_forward",
    "variance_by_cancellation",
    "The variance is the difference of two huge numbers when a feature lies far from zero, and loses its "
    "digits.",
    "On paper the mean of the squares less the square of the mean is the variance; in floating point both "
    "are about 1e13 for a feature near four million, known to about 1e-3, and their difference is about "
    "one.",
    "Look for a way to compute the variance in which the mean is taken away before anything is squared.",
    replace={"((x - mean) ** 2).mean(axis=0)": "(x**2).mean(axis=0) - mean**2"},
)

# --------------------------------------------------------------------------------------- batchnorm_backward


@mistake(
    "batchnorm_backward",
    "dx treats the mean and the variance of the batch as constants.",
    "Every entry of a feature moves the mean and the variance of that feature, and with them all the outputs "
    "of the feature: three ways lead from x to the loss.",
    "Look at what is added to the direct way, through x_hat with mean and variance held fixed.",
)
def statistics_as_constants(dout, cache):
    dx = dout * cache["gamma"] / cache["std"]
    return dx, (dout * cache["x_hat"]).sum(axis=0), dout.sum(axis=0)


variance_path_missing = edited(
    "batchnorm_backward",
    "variance_path_missing",
    "dx leaves out the way through the variance.",
    "An entry far from the mean changes the variance of its feature when it moves, and with it every output "
    "of the feature.",
    "Count the ways from x to the loss, and the terms of dx.",
    replace={"dx_hat / std + dvar * 2 * centred / N + dmean / N": "dx_hat / std + dmean / N"},
)

mean_path_missing = edited(
    "batchnorm_backward",
    "mean_path_missing",
    "dx leaves out the way through the mean.",
    "When an entry moves, the mean of its feature moves by a share of it, and with it every output of the "
    "feature.",
    "Count the ways from x to the loss, and the terms of dx.",
    replace={"dx_hat / std + dvar * 2 * centred / N + dmean / N": "dx_hat / std + dvar * 2 * centred / N"},
)

direct_path_missing = edited(
    "batchnorm_backward",
    "direct_path_missing",
    "dx holds the ways through mean and variance, but not the direct one.",
    "Even with mean and variance held fixed, an entry of x moves its own output.",
    "Count the ways from x to the loss, and the terms of dx.",
    replace={"dx_hat / std + dvar * 2 * centred / N + dmean / N": "dvar * 2 * centred / N + dmean / N"},
)

mean_path_not_shared = edited(
    "batchnorm_backward",
    "mean_path_not_shared",
    "The way through the mean is not divided by N.",
    "One entry moves the mean of N entries by only an Nth of its own step.",
    "Look at how the gradient of the mean is passed on to the entries it was made of.",
    replace={"dmean / N": "dmean"},
)

variance_path_not_shared = edited(
    "batchnorm_backward",
    "variance_path_not_shared",
    "The way through the variance is not divided by N.",
    "The variance is a mean of N squares, and one entry moves only one of them.",
    "Look at how the gradient of the variance is passed on to the entries it was made of.",
    replace={"dvar * 2 * centred / N": "dvar * 2 * centred"},
)

nothing_shared = edited(
    "batchnorm_backward",
    "nothing_shared",
    "Neither the way through the mean nor the one through the variance is divided by N.",
    "Mean and variance are both means over N entries, so that one entry has only an Nth of the influence.",
    "Look at how the gradients of mean and variance are passed on to the entries of x.",
    replace={"dvar * 2 * centred / N + dmean / N": "dvar * 2 * centred + dmean"},
)

two_of_the_square_missing = edited(
    "batchnorm_backward",
    "two_of_the_square_missing",
    "The way through the variance is only half of what it should be.",
    "The variance averages squares, and the slope of a square is twice its base.",
    "Look at the derivative of the squared deviation.",
    replace={"dvar * 2 * centred / N": "dvar * centred / N"},
)

half_of_the_root_missing = edited(
    "batchnorm_backward",
    "half_of_the_root_missing",
    "The way through the variance is twice what it should be.",
    "One over a square root is a power of minus one half, and that exponent comes down in the derivative.",
    "Look at the derivative of one over the root with respect to the variance.",
    replace={"-0.5 * (dx_hat": "-1.0 * (dx_hat"},
)

mean_path_wrong_sign = edited(
    "batchnorm_backward",
    "mean_path_wrong_sign",
    "The way through the mean has the wrong sign.",
    "The mean is taken away, so that raising it lowers every output of the feature.",
    "Look at the sign of the gradient of the mean.",
    replace={"dmean = -(": "dmean = ("},
)

variance_path_wrong_sign = edited(
    "batchnorm_backward",
    "variance_path_wrong_sign",
    "The way through the variance has the wrong sign.",
    "A larger variance makes x_hat smaller: the slope of one over a root is negative.",
    "Look at the sign of the gradient of the variance.",
    replace={"-0.5 * (dx_hat": "0.5 * (dx_hat"},
)

root_power_wrong = edited(
    "batchnorm_backward",
    "root_power_wrong",
    "The gradient of the variance has the wrong power of the root.",
    "The derivative of a power lowers the exponent by one: from minus one half to minus three halves of the "
    "variance, which is minus three of the root.",
    "Look at the exponent in the gradient of the variance.",
    replace={"std**3": "std**2"},
)

root_power_wrong_by_two = edited(
    "batchnorm_backward",
    "root_power_wrong_by_two",
    "The gradient of the variance is divided by the root once instead of three times.",
    "The derivative of a power lowers the exponent by one: from minus one half to minus three halves of the "
    "variance, which is minus three of the root.",
    "Look at the exponent in the gradient of the variance.",
    replace={"std**3": "std"},
)

gamma_missing_in_dx = edited(
    "batchnorm_backward",
    "gamma_missing_in_dx",
    "dx does not take gamma into account.",
    "On its way back the gradient first passes the scale: what arrives at x_hat is not dout itself.",
    "Look at the first step from dout towards dx.",
    replace={"dx_hat = dout * gamma": "dx_hat = dout"},
)

divisor_less_one = edited(
    "batchnorm_backward",
    "divisor_less_one",
    "The ways through mean and variance are divided by N - 1.",
    "The forward pass averages over N entries, and its gradient shares over the same number.",
    "Look at the divisors in dx.",
    replace={"N = len(dout)": "N = np.float64(len(dout) - 1)"},
)

divisor_is_features = edited(
    "batchnorm_backward",
    "divisor_is_features",
    "The ways through mean and variance are divided by the number of features instead of examples.",
    "Mean and variance run over the batch, so that the share of one entry is one in N.",
    "Look at where N comes from: which axis of dout are the examples?",
    replace={"N = len(dout)": "N = dout.shape[1]"},
)

dgamma_with_x = edited(
    "batchnorm_backward",
    "dgamma_with_x",
    "dgamma is computed with x instead of the normalised batch.",
    "gamma multiplies x_hat in the forward pass, so that its slope is x_hat.",
    "Look at what dout is multiplied by in dgamma.",
    replace={"(dout * x_hat)": '(dout * cache["x"])'},
)

dgamma_with_centred = edited(
    "batchnorm_backward",
    "dgamma_with_centred",
    "dgamma is computed with the deviations from the mean, before they are divided by the root.",
    "gamma multiplies x_hat in the forward pass, so that its slope is x_hat.",
    "Look at what dout is multiplied by in dgamma.",
    replace={"(dout * x_hat)": "(dout * centred)"},
)

dgamma_scaled_by_gamma = edited(
    "batchnorm_backward",
    "dgamma_scaled_by_gamma",
    "dgamma is multiplied by gamma.",
    "The slope of gamma times x_hat with respect to gamma does not hold gamma any more.",
    "Look at what dout has been multiplied by when dgamma is taken from it.",
    replace={"(dout * x_hat)": "(dout * gamma * x_hat)"},
)

parameters_averaged = edited(
    "batchnorm_backward",
    "parameters_averaged",
    "dgamma and dbeta are averaged over the batch instead of summed.",
    "gamma and beta act on every example, and their gradient collects what all of them ask for; the loss has "
    "already put any 1/N into dout.",
    "Look at how the batch is reduced in dgamma and dbeta.",
    replace={
        "dout.sum(axis=0)": "dout.mean(axis=0)",
        "(dout * x_hat).sum(axis=0)": "(dout * x_hat).mean(axis=0)",
    },
)

parameters_exchanged = edited(
    "batchnorm_backward",
    "parameters_exchanged",
    "dgamma and dbeta are returned in each other's place.",
    "The order of the results is dx, dgamma, dbeta.",
    "Look at the return statement, and at which of the two holds x_hat.",
    replace={"return dx, dgamma, dbeta": "return dx, dbeta, dgamma"},
)

# ----------------------------------------------------------------------------------- batchnorm_backward_alt

ALT_DX = "gamma / std * (dout - dbeta / N - x_hat * dgamma / N)"


@mistake(
    "batchnorm_backward_alt",
    "The short form of dx treats the mean and the variance of the batch as constants.",
    "When the three ways are put together, the ones through mean and variance leave a term each behind.",
    "Look for the terms that take away an average of dout, and an average of dout times x_hat.",
)
def alt_statistics_as_constants(dout, cache):
    dx = dout * cache["gamma"] / cache["std"]
    return dx, (dout * cache["x_hat"]).sum(axis=0), dout.sum(axis=0)


alt_variance_path_missing = edited(
    "batchnorm_backward_alt",
    "alt_variance_path_missing",
    "The short form of dx lacks the term that comes from the variance.",
    "Of the three ways from x to the loss, the one through the variance leaves a multiple of x_hat behind.",
    "Go through the derivation once more, from the gradient of the variance on.",
    replace={ALT_DX: "gamma / std * (dout - dbeta / N)"},
)

alt_mean_path_missing = edited(
    "batchnorm_backward_alt",
    "alt_mean_path_missing",
    "The short form of dx lacks the term that comes from the mean.",
    "Of the three ways from x to the loss, the one through the mean takes the same amount from every entry "
    "of a feature, so that dx adds up to zero over the batch.",
    "Go through the derivation once more, from the gradient of the mean on.",
    replace={ALT_DX: "gamma / std * (dout - x_hat * dgamma / N)"},
)

alt_not_shared = edited(
    "batchnorm_backward_alt",
    "alt_not_shared",
    "The short form of dx takes away sums over the batch where it should take away averages.",
    "Mean and variance are means over N entries, so that one entry has only an Nth of the influence.",
    "Look for the 1/N in the two terms that are taken away.",
    replace={ALT_DX: "gamma / std * (dout - dbeta - x_hat * dgamma)"},
)

alt_divided_by_n = edited(
    "batchnorm_backward_alt",
    "alt_divided_by_n",
    "dx is smaller by a factor of N.",
    "Multiplying everything in the bracket by N calls for 1/N in front, but only once.",
    "Check the factor in front against the terms inside the bracket.",
    replace={ALT_DX: "gamma / std / N * (dout - dbeta / N - x_hat * dgamma / N)"},
)

alt_variance_sign = edited(
    "batchnorm_backward_alt",
    "alt_variance_sign",
    "The term of the short form that comes from the variance has the wrong sign.",
    "A larger variance makes x_hat smaller: the slope of one over a root is negative.",
    "Go through the signs of the derivation once more, from the gradient of the variance on.",
    replace={ALT_DX: "gamma / std * (dout - dbeta / N + x_hat * dgamma / N)"},
)

alt_mean_sign = edited(
    "batchnorm_backward_alt",
    "alt_mean_sign",
    "The term of the short form that comes from the mean has the wrong sign.",
    "The mean is taken away, so that raising it lowers every output of the feature.",
    "Go through the signs of the derivation once more, from the gradient of the mean on.",
    replace={ALT_DX: "gamma / std * (dout + dbeta / N - x_hat * dgamma / N)"},
)

alt_divided_by_variance = edited(
    "batchnorm_backward_alt",
    "alt_divided_by_variance",
    "The short form of dx is divided by the variance instead of by its root.",
    "On the direct way x is divided by the root once, and so is its gradient.",
    "Look at the factor in front of the bracket.",
    replace={"gamma / std *": "gamma / std**2 *"},
)

alt_not_divided = edited(
    "batchnorm_backward_alt",
    "alt_not_divided",
    "The short form of dx is not divided by the root.",
    "On the direct way x is divided by the root once, and so is its gradient.",
    "Look at the factor in front of the bracket.",
    replace={"gamma / std *": "gamma *"},
)

alt_gamma_missing = edited(
    "batchnorm_backward_alt",
    "alt_gamma_missing",
    "The short form of dx does not take gamma into account.",
    "On its way back the gradient first passes the scale.",
    "Look at the factor in front of the bracket.",
    replace={"gamma / std *": "1 / std *"},
)

alt_gamma_twice = edited(
    "batchnorm_backward_alt",
    "alt_gamma_twice",
    "gamma enters one part of the short form of dx twice.",
    "Either dout is multiplied by gamma at the start, or gamma stands in front of the bracket; the sums "
    "inside have to match.",
    "Check for each sum in the bracket whether it is made of dout or of dout times gamma.",
    replace={ALT_DX: "1 / std * (dout * gamma - dbeta * gamma / N - x_hat * gamma**2 * dgamma / N)"},
)

alt_divisor_is_features = edited(
    "batchnorm_backward_alt",
    "alt_divisor_is_features",
    "The averages in the short form of dx are divided by the number of features instead of examples.",
    "Mean and variance run over the batch, so that the share of one entry is one in N.",
    "Look at where N comes from: which axis of dout are the examples?",
    replace={"N = len(dout)": "N = dout.shape[1]"},
)

alt_dgamma_with_x = edited(
    "batchnorm_backward_alt",
    "alt_dgamma_with_x",
    "dgamma is returned as the sum of dout times x, although dx is right.",
    "gamma multiplies x_hat in the forward pass, so that its slope is x_hat.",
    "Look at what dout is multiplied by in dgamma.",
    replace={"return dx, dgamma": 'return dx, (dout * cache["x"]).sum(axis=0)'},
)

alt_parameters_averaged = edited(
    "batchnorm_backward_alt",
    "alt_parameters_averaged",
    "dgamma and dbeta are returned as averages over the batch instead of sums.",
    "gamma and beta act on every example, and their gradient collects what all of them ask for.",
    "Look at how the batch is reduced in what is returned; inside dx averages are in place.",
    replace={"return dx, dgamma, dbeta": "return dx, dgamma / N, dbeta / N"},
)

# ---------------------------------------------------------------------------------------- layernorm_forward

layer_over_batch = edited(
    "layernorm_forward",
    "layer_over_batch",
    "Mean and variance are taken over the batch, as in batch norm.",
    "Layer norm has one mean and one variance per example, N of each; the D features of one example are what "
    "is averaged over.",
    "Look at the axis of the mean and of the variance.",
    replace={"axis=1": "axis=0"},
)

layer_variance_over_batch = edited(
    "layernorm_forward",
    "layer_variance_over_batch",
    "The mean is taken along each row, and the variance over the batch.",
    "Mean and variance describe the same numbers: the D features of one example.",
    "Look at the axis of the variance.",
    replace={"((x - mean) ** 2).mean(axis=1, keepdims=True)": "np.var(x, axis=0)"},
)

layer_over_everything = edited(
    "layernorm_forward",
    "layer_over_everything",
    "One single mean and variance is taken over all examples and features.",
    "What happens to an example must not depend on the others in the batch.",
    "Look at the axis of the mean and of the variance: without one, everything is averaged.",
    replace={"mean(axis=1, keepdims=True)": "mean()"},
)

layer_sample_variance = edited(
    "layernorm_forward",
    "layer_sample_variance",
    "The variance of a row is divided by D - 1.",
    "Layer norm describes the row it has, so that the squared deviations are averaged over all D of them.",
    "Look at how the variance is computed: at the divisor, or at a ddof argument.",
    replace={
        "((x - mean) ** 2).mean(axis=1, keepdims=True)": (
            "((x - mean) ** 2).sum(axis=1, keepdims=True) / np.float64(x.shape[1] - 1)"
        )
    },
)

layer_eps_outside_the_root = edited(
    "layernorm_forward",
    "layer_eps_outside_the_root",
    "eps is added after the square root has been taken.",
    "eps keeps the variance away from zero before its root is taken; with a small variance the two places "
    "give visibly different roots.",
    "Look at what exactly the square root is applied to.",
    replace={"np.sqrt(var + eps)": "np.sqrt(var) + eps"},
)

layer_eps_left_out = edited(
    "layernorm_forward",
    "layer_eps_left_out",
    "eps plays no part in the normalisation.",
    "A row whose entries are all equal has variance zero, and something has to keep the division finite.",
    "Follow eps from ln_param: where does it enter the formula of x_hat?",
    replace={"np.sqrt(var + eps)": "np.sqrt(var)"},
)

layer_eps_fixed = edited(
    "layernorm_forward",
    "layer_eps_fixed",
    "eps is always 1e-5, whatever ln_param says.",
    "1e-5 is only what holds when the caller does not give another value.",
    'Look at where eps gets its value, and at what happens when ln_param has the key "eps".',
    replace={'ln_param.get("eps", 1e-5)': "1e-5"},
)

layer_mean_not_taken_away = edited(
    "layernorm_forward",
    "layer_mean_not_taken_away",
    "Rows are divided by the root, but their mean is not taken away before.",
    "A normalised row has mean zero as well as variance one.",
    "Look at the numerator of x_hat.",
    replace={"x_hat = (x - mean) / std": "x_hat = x / std"},
)

layer_divided_by_variance = edited(
    "layernorm_forward",
    "layer_divided_by_variance",
    "Rows are divided by their variance instead of by its root.",
    "The variance has the unit of x squared; only its root has the unit of x, so that x_hat has spread one.",
    "Look at the denominator of x_hat.",
    replace={"x_hat = (x - mean) / std": "x_hat = (x - mean) / (var + eps)"},
)

layer_gamma_beta_left_out = edited(
    "layernorm_forward",
    "layer_gamma_beta_left_out",
    "The output is the normalised batch, without scale and shift.",
    "gamma and beta belong to the features, as in batch norm; only the statistics have changed their axis.",
    "Look at the last step, from x_hat to out.",
    replace={"out = gamma * x_hat + beta": "out = x_hat"},
)

layer_gamma_beta_exchanged = edited(
    "layernorm_forward",
    "layer_gamma_beta_exchanged",
    "gamma and beta have changed places.",
    "gamma is the scale of a feature, beta its shift.",
    "Look at the last step, from x_hat to out.",
    replace={"out = gamma * x_hat + beta": "out = beta * x_hat + gamma"},
)

layer_variance_by_cancellation = edited(
    "layernorm_forward",
    "layer_variance_by_cancellation",
    "The variance is the difference of two huge numbers when a row lies far from zero, and loses its digits.",
    "On paper the mean of the squares less the square of the mean is the variance; in floating point both "
    "are about 1e13 for a row near four million, known to about 1e-3, and their difference is about one.",
    "Look for a way to compute the variance in which the mean is taken away before anything is squared.",
    replace={"((x - mean) ** 2).mean(axis=1": "(x**2 - mean**2).mean(axis=1"},
)

layer_returned_sideways = edited(
    "layernorm_forward",
    "layer_returned_sideways",
    "out is returned with shape (D, N) instead of (N, D).",
    "Batch norm of the transposed batch normalises rows; what it gives back is transposed as well.",
    "Count the transposes between x and out.",
    replace={"return out, cache": "return out.T, cache"},
)

# --------------------------------------------------------------------------------------- layernorm_backward


@mistake(
    "layernorm_backward",
    "dx treats the mean and the variance of a row as constants.",
    "Every entry of a row moves the mean and the variance of that row, and with them all the outputs of the "
    "row.",
    "Look at what is added to the direct way, through x_hat with mean and variance held fixed.",
)
def layer_statistics_as_constants(dout, cache):
    dx = dout * cache["gamma"] / cache["std"]
    return dx, (dout * cache["x_hat"]).sum(axis=0), dout.sum(axis=0)


@mistake(
    "layernorm_backward",
    "gamma is applied to dx at the very end, after the averages over the features were taken without it.",
    "In batch norm gamma is the same for all entries that are averaged, and may wait outside; along a row "
    "every feature has its own gamma.",
    "Look at where gamma enters: before or after the first mean over the features?",
)
def layer_gamma_at_the_end(dout, cache):
    x_hat = cache["x_hat"]
    inner = dout - dout.mean(axis=1, keepdims=True) - x_hat * (dout * x_hat).mean(axis=1, keepdims=True)
    return cache["gamma"] * inner / cache["std"], (dout * x_hat).sum(axis=0), dout.sum(axis=0)


@mistake(
    "layernorm_backward",
    "dx averages over the batch, as in batch norm.",
    "The mean and the variance that an entry of x has a part in are those of its row, so that the ways "
    "through them run along the features.",
    "Look at the axis of each sum in dx.",
)
def layer_dx_over_batch(dout, cache):
    x_hat = cache["x_hat"]
    dx_hat = dout * cache["gamma"]
    dx = (dx_hat - dx_hat.mean(axis=0) - x_hat * (dx_hat * x_hat).mean(axis=0)) / cache["std"]
    return dx, (dout * x_hat).sum(axis=0), dout.sum(axis=0)


@mistake(
    "layernorm_backward",
    "The sums over the features are divided by the number of examples.",
    "The statistics of a row are means over its D features, so that the share of one entry is one in D.",
    "Look at the divisor in dx: N belongs to batch norm.",
)
def layer_divisor_is_examples(dout, cache):
    x_hat = cache["x_hat"]
    dx_hat = dout * cache["gamma"]
    N = len(dout)
    slope = dx_hat.sum(axis=1, keepdims=True) / N
    stretch = (dx_hat * x_hat).sum(axis=1, keepdims=True) / N
    return (dx_hat - slope - x_hat * stretch) / cache["std"], (dout * x_hat).sum(axis=0), dout.sum(axis=0)


layer_variance_path_missing = edited(
    "layernorm_backward",
    "layer_variance_path_missing",
    "dx leaves out the way through the variance of the row.",
    "An entry far from the mean changes the variance of its row when it moves, and with it every output of "
    "the row.",
    "Count the ways from x to the loss, and the terms of dx.",
    replace={"(dx_hat - mean_slope - x_hat * stretch)": "(dx_hat - mean_slope)"},
)

layer_mean_path_missing = edited(
    "layernorm_backward",
    "layer_mean_path_missing",
    "dx leaves out the way through the mean of the row.",
    "When an entry moves, the mean of its row moves by a share of it, and with it every output of the row.",
    "Count the ways from x to the loss, and the terms of dx.",
    replace={"(dx_hat - mean_slope - x_hat * stretch)": "(dx_hat - x_hat * stretch)"},
)

layer_not_shared = edited(
    "layernorm_backward",
    "layer_not_shared",
    "dx takes away sums over the features where it should take away averages.",
    "Mean and variance of a row are means over D entries, so that one entry has only a share of 1/D in them.",
    "Look for the division by D in the ways through mean and variance.",
    replace={".mean(axis=1, keepdims=True)": ".sum(axis=1, keepdims=True)"},
)

layer_gamma_missing = edited(
    "layernorm_backward",
    "layer_gamma_missing",
    "dx does not take gamma into account.",
    "On its way back the gradient first passes the scale: what arrives at x_hat is not dout itself.",
    "Look at the first step from dout towards dx.",
    replace={"dx_hat = dout * gamma": "dx_hat = dout"},
)

layer_variance_sign = edited(
    "layernorm_backward",
    "layer_variance_sign",
    "The way through the variance of the row has the wrong sign.",
    "A larger variance makes x_hat smaller: the slope of one over a root is negative.",
    "Look at the sign of the last term of dx.",
    replace={"- x_hat * stretch": "+ x_hat * stretch"},
)

layer_divided_twice = edited(
    "layernorm_backward",
    "layer_divided_twice",
    "dx is divided by the variance of the row instead of by its root.",
    "On the direct way x is divided by the root once, and so is its gradient.",
    "Look at the power of the root in dx.",
    replace={"/ std": "/ std**2"},
)

layer_not_divided = edited(
    "layernorm_backward",
    "layer_not_divided",
    "dx is not divided by the root of the row.",
    "On the direct way x is divided by the root once, and so is its gradient.",
    "Look at the power of the root in dx.",
    replace={" / std": ""},
)

layer_parameters_over_features = edited(
    "layernorm_backward",
    "layer_parameters_over_features",
    "dgamma and dbeta are summed over the features, and have one entry per example.",
    "gamma and beta have one entry per feature, shared by all examples: this has not changed from batch "
    "norm.",
    "Look at the axis of the sums in dgamma and dbeta, and compare their shapes with that of gamma.",
    replace={
        "dout.sum(axis=0)": "dout.sum(axis=1)",
        "(dout * x_hat).sum(axis=0)": "(dout * x_hat).sum(axis=1)",
    },
)

layer_dgamma_with_x = edited(
    "layernorm_backward",
    "layer_dgamma_with_x",
    "dgamma is computed with x instead of the normalised rows.",
    "gamma multiplies x_hat in the forward pass, so that its slope is x_hat.",
    "Look at what dout is multiplied by in dgamma.",
    replace={"(dout * x_hat).sum": '(dout * cache["x"]).sum'},
)

layer_parameters_averaged = edited(
    "layernorm_backward",
    "layer_parameters_averaged",
    "dgamma and dbeta are averaged over the batch instead of summed.",
    "gamma and beta act on every example, and their gradient collects what all of them ask for.",
    "Look at how the batch is reduced in dgamma and dbeta.",
    replace={".sum(axis=0)": ".mean(axis=0)"},
)


@mistake(
    "layernorm_backward",
    "dgamma and dbeta are returned with shape (1, D) instead of (D,).",
    "A gradient has the shape of what it belongs to, and gamma is a plain vector.",
    "Look at keepdims in dgamma and dbeta, or at a reshape that was not undone.",
)
def layer_parameters_keep_axis(dout, cache):
    x_hat = cache["x_hat"]
    dx_hat = dout * cache["gamma"]
    slope = dx_hat.mean(axis=1, keepdims=True)
    stretch = (dx_hat * x_hat).mean(axis=1, keepdims=True)
    dx = (dx_hat - slope - x_hat * stretch) / cache["std"]
    return dx, np.sum(dout * x_hat, axis=0, keepdims=True), np.sum(dout, axis=0, keepdims=True)
