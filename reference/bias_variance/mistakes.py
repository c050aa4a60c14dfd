"""What goes wrong in setting up sets and in reading errors, and what helps.

A split by another generator than the reference's has other examples in its sets, so most findings on splits
come from the properties; the mistakes here hold these to account.
"""

import numpy as np

from grader.course.declare import edited, mistake

# --- train_dev_test_split ---------------------------------------------------------------------------------

split_unshuffled = edited(
    "train_dev_test_split",
    "split_unshuffled",
    "The sets are cut from the examples in the given order: nothing is shuffled.",
    "Data often come sorted by class or by day; sets cut from sorted data have different distributions.",
    "Look at which columns each set is cut from.",
    replace={"np.random.default_rng(seed).permutation(m)": "np.arange(m)"},
)
split_cut_from_the_end = edited(
    "train_dev_test_split",
    "split_cut_from_the_end",
    "The training set is the given order's beginning, dev and test set its end: nothing is shuffled.",
    "Data often come sorted by class or by day; sets cut from sorted data have different distributions.",
    "Look at which columns each set is cut from.",
    replace={"np.random.default_rng(seed).permutation(m)": "np.arange(m)[::-1]"},
)
split_labels_left_behind = edited(
    "train_dev_test_split",
    "split_labels_left_behind",
    "The examples are shuffled and their labels are not, so each example meets a label of another one.",
    "An example and its label must move together.",
    "Look at whether both arrays are indexed in the same way.",
    replace={
        "Y[:, train]": "Y[:, n_dev + n_test :]",
        "Y[:, dev]": "Y[:, :n_dev]",
        "Y[:, test]": "Y[:, n_dev : n_dev + n_test]",
    },
)


@mistake(
    "train_dev_test_split",
    "Examples and labels are shuffled by two different permutations.",
    "Each call of a shuffle gives a new order.",
    "Draw one order, keep it, and use it for both arrays.",
)
def split_two_shuffles(X, Y, dev_fraction, test_fraction, seed):
    rng = np.random.default_rng(seed)
    m = X.shape[1]
    n_dev, n_test = int(dev_fraction * m), int(test_fraction * m)
    X, Y = X[:, rng.permutation(m)], Y[:, rng.permutation(m)]
    ends = [n_dev, n_dev + n_test]
    (X_dev, X_test, X_train), (Y_dev, Y_test, Y_train) = np.split(X, ends, 1), np.split(Y, ends, 1)
    return (X_train, Y_train), (X_dev, Y_dev), (X_test, Y_test)


split_with_replacement = edited(
    "train_dev_test_split",
    "split_with_replacement",
    "The examples are drawn with replacement, so some come twice and others never.",
    "An example that is in two sets makes the second one useless as a judge of the first.",
    "Look at which function draws the order.",
    replace={"permutation(m)": "integers(0, m, m)"},
)
split_test_overlaps = edited(
    "train_dev_test_split",
    "split_test_overlaps",
    "The test set begins where the dev set begins, so that examples are in both.",
    "What the dev set has helped to choose is no longer judged fairly by the same examples.",
    "Write down, for ten examples, where each of the three slices begins and ends.",
    replace={"order[n_dev : n_dev + n_test]": "order[:n_test]"},
)
split_train_overlaps = edited(
    "train_dev_test_split",
    "split_train_overlaps",
    "The training set still has the dev and test examples in it.",
    "A network that has trained on the test examples is judged by what it may have learned by heart.",
    "Look at which examples are left for training once the others are taken out.",
    replace={"order[n_dev + n_test :]": "order"},
)
split_seed_ignored = edited(
    "train_dev_test_split",
    "split_seed_ignored",
    "The split does not depend on the seed: each call gives another one.",
    "With a seed an experiment can be repeated on the very same sets.",
    "Look at where the seed enters the generator that draws.",
    replace={"np.random.default_rng(seed)": "np.random"},
)
split_seed_fixed = edited(
    "train_dev_test_split",
    "split_seed_fixed",
    "The split is the same for every seed.",
    "A seed of one's own shows whether a result hangs on one lucky split.",
    "Look at what the generator is seeded with.",
    replace={"default_rng(seed)": "default_rng(42)"},
)
split_rounded = edited(
    "train_dev_test_split",
    "split_rounded",
    "The sizes of dev and test set are rounded to the nearest whole number instead of down.",
    "The sizes are part of the task, so that everyone's sets are equally large.",
    "Look at how a fraction of m becomes a whole number.",
    replace={
        "int(dev_fraction * m)": "round(dev_fraction * m)",
        "int(test_fraction * m)": "round(test_fraction * m)",
    },
)
split_rounded_up = edited(
    "train_dev_test_split",
    "split_rounded_up",
    "The sizes of dev and test set are rounded up instead of down.",
    "The sizes are part of the task, so that everyone's sets are equally large.",
    "Look at how a fraction of m becomes a whole number.",
    replace={
        "int(dev_fraction * m)": "int(np.ceil(dev_fraction * m))",
        "int(test_fraction * m)": "int(np.ceil(test_fraction * m))",
    },
)
split_training_rounded_down = edited(
    "train_dev_test_split",
    "split_training_rounded_down",
    "The training set's size is rounded down and what rounding leaves over goes to the test set.",
    "Dev and test set are the ones that are rounded down; the training set gets all the others.",
    "Count the examples of each set for m = 10 and two fractions of 0.25.",
    replace={
        "int(test_fraction * m)": "m - n_dev - int((1 - dev_fraction - test_fraction) * m + 1e-9)",
    },
)
split_test_of_what_is_left = edited(
    "train_dev_test_split",
    "split_test_of_what_is_left",
    "The test set's size is a fraction of what the dev set has left over, not of all examples.",
    "Both fractions are of m; splitting twice needs another fraction the second time.",
    "Compare the size of the test set with test_fraction times m.",
    replace={"int(test_fraction * m)": "int(test_fraction * (m - n_dev))"},
)
split_fractions_swapped = edited(
    "train_dev_test_split",
    "split_fractions_swapped",
    "The dev set has the size of the test set, and the other way round.",
    "dev_fraction belongs to the second of the three sets, test_fraction to the third.",
    "Look at the order of the three pairs that are returned.",
    replace={
        "(X[:, dev], Y[:, dev]), (X[:, test], Y[:, test])": "(X[:, test], Y[:, test]), (X[:, dev], Y[:, dev])"
    },
)


@mistake(
    "train_dev_test_split",
    "Where a set should be empty, it holds all examples.",
    "A slice from minus zero begins at zero.",
    "Try a test fraction of 0, and look at the sizes of all three sets.",
)
def split_minus_zero(X, Y, dev_fraction, test_fraction, seed):
    m = X.shape[1]
    n_dev, n_test = int(dev_fraction * m), int(test_fraction * m)
    order = np.random.default_rng(seed).permutation(m)
    train, dev, test = order[: m - n_dev - n_test], order[-n_dev - n_test : m - n_test], order[-n_test:]
    return (X[:, train], Y[:, train]), (X[:, dev], Y[:, dev]), (X[:, test], Y[:, test])


@mistake(
    "train_dev_test_split",
    "The columns are turned round by a drawn number, not shuffled, so that neighbours stay together.",
    "Sorted data that are turned round are still sorted: a block of them has one class only.",
    "Look at how many different orders of the columns are possible.",
)
def split_turned(X, Y, dev_fraction, test_fraction, seed):
    m = X.shape[1]
    n_dev, n_test = int(dev_fraction * m), int(test_fraction * m)
    order = np.roll(np.arange(m), np.random.default_rng(seed).integers(m))
    dev, test, train = order[:n_dev], order[n_dev : n_dev + n_test], order[n_dev + n_test :]
    return (X[:, train], Y[:, train]), (X[:, dev], Y[:, dev]), (X[:, test], Y[:, test])


@mistake(
    "train_dev_test_split",
    "The test set is always the end of the given order; only the other examples are shuffled.",
    "Every example is as likely as any other to be in the test set.",
    "Look at whether the test set is taken before or after the shuffle.",
)
def split_test_first(X, Y, dev_fraction, test_fraction, seed):
    m = X.shape[1]
    n_dev, n_test = int(dev_fraction * m), int(test_fraction * m)
    order = np.random.default_rng(seed).permutation(m - n_test)
    dev, train, test = order[:n_dev], order[n_dev:], np.arange(m - n_test, m)
    return (X[:, train], Y[:, train]), (X[:, dev], Y[:, dev]), (X[:, test], Y[:, test])


# --- normalize_inputs -------------------------------------------------------------------------------------

SAME_FOR_BOTH = "A network that was trained on one scale has to meet the test examples on the same scale."


@mistake(
    "normalize_inputs",
    "The test set is normalised with its own mean and standard deviation.",
    SAME_FOR_BOTH,
    "Look at which set the mean and the standard deviation of the test set's lines come from.",
)
def normalized_by_its_own(X_train, X_test):
    mu, mu_test = (np.mean(X, axis=1, keepdims=True) for X in (X_train, X_test))
    sigma, sigma_test = (np.std(X, axis=1, keepdims=True) for X in (X_train, X_test))
    sigma, sigma_test = np.where(sigma == 0, 1, sigma), np.where(sigma_test == 0, 1, sigma_test)
    return (X_train - mu) / sigma, (X_test - mu_test) / sigma_test, mu, sigma


normalized_by_its_own_mean = edited(
    "normalize_inputs",
    "normalized_by_its_own_mean",
    "The test set's own mean is taken off it; only the standard deviation is the training set's.",
    SAME_FOR_BOTH,
    "Look at which set the mean of the test set's line comes from.",
    replace={"(X_test - mu)": "(X_test - np.mean(X_test, axis=1, keepdims=True))"},
)


@mistake(
    "normalize_inputs",
    "The mean and the standard deviation are those of training and test examples together.",
    "What is known of the test set may have no influence on training, not even through a mean.",
    "Look at what the mean is taken of.",
)
def normalized_together(X_train, X_test):
    X = np.hstack([X_train, X_test])
    mu, sigma = np.mean(X, axis=1, keepdims=True), np.std(X, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


test_left_alone = edited(
    "normalize_inputs",
    "test_left_alone",
    "The test set is returned as it was given.",
    SAME_FOR_BOTH,
    "Look at the second thing that is returned.",
    replace={"(X_test - mu) / sigma": "X_test"},
)
normalized_by_variance = edited(
    "normalize_inputs",
    "normalized_by_variance",
    "The features are divided by their variance instead of their standard deviation.",
    "The standard deviation has the unit of the feature, the variance that of its square.",
    "Check the spread of what comes out: it should be 1.",
    replace={"np.std(X_train": "np.var(X_train"},
)


@mistake(
    "normalize_inputs",
    "The features are divided by their variance; what is returned as sigma is right.",
    "The standard deviation has the unit of the feature, the variance that of its square.",
    "Check the spread of what comes out: it should be 1.",
)
def divided_by_squares(X_train, X_test):
    mu, sigma = np.mean(X_train, axis=1, keepdims=True), np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1, sigma)
    return (X_train - mu) / sigma**2, (X_test - mu) / sigma**2, mu, sigma


normalized_by_m_minus_one = edited(
    "normalize_inputs",
    "normalized_by_m_minus_one",
    "The sum of squares is divided by m - 1 instead of m.",
    "Here sigma describes the training set itself; m - 1 estimates the spread of what it was drawn from.",
    "Look at the options with which the standard deviation is computed.",
    replace={"np.std(X_train, axis=1, keepdims=True)": "np.std(X_train, axis=1, keepdims=True, ddof=1)"},
)
normalized_over_features = edited(
    "normalize_inputs",
    "normalized_over_features",
    "Mean and standard deviation are taken over the features of each example.",
    "Every feature has a mean of its own, over all the training examples; examples are columns.",
    "Look at the axis: which one counts examples?",
    replace={"axis=1": "axis=0"},
)
normalized_over_everything = edited(
    "normalize_inputs",
    "normalized_over_everything",
    "One mean and one standard deviation are used for all features.",
    "Features are measured in different units; each needs a mean and a spread of its own.",
    "Look at the shapes of mu and sigma.",
    replace={
        "np.mean(X_train, axis=1, keepdims=True)": "np.full((X_train.shape[0], 1), np.mean(X_train))",
        "np.std(X_train, axis=1, keepdims=True)": "np.full((X_train.shape[0], 1), np.std(X_train))",
    },
)
zero_not_handled = edited(
    "normalize_inputs",
    "zero_not_handled",
    "A feature that is constant in the training set is divided by a standard deviation of 0.",
    "0 / 0 is NaN, and one NaN in the input makes every output of a network NaN.",
    "Look at what happens to sigma where it is 0, before anything is divided by it.",
    replace={"np.where(sigma == 0, 1.0, sigma)": "sigma"},
)


@mistake(
    "normalize_inputs",
    "A constant feature gets a tiny standard deviation instead of 1, so that test examples are blown up.",
    "A feature that was constant in training says nothing; a small difference later should stay small.",
    "Look at what sigma is for a constant feature.",
)
def zero_made_tiny(X_train, X_test):
    mu, sigma = np.mean(X_train, axis=1, keepdims=True), np.std(X_train, axis=1, keepdims=True)
    sigma = np.where(sigma == 0, 1e-8, sigma)
    return (X_train - mu) / sigma, (X_test - mu) / sigma, mu, sigma


zero_returned = edited(
    "normalize_inputs",
    "zero_returned",
    "The sigma returned has 0 for a constant feature, although nothing was divided by it.",
    "Who normalises new examples with the sigma returned would divide by 0 after all.",
    "Look at which of your versions of sigma is returned.",
    replace={"/ sigma, mu, sigma": "/ sigma, mu, np.std(X_train, axis=1, keepdims=True)"},
)
mean_left_in = edited(
    "normalize_inputs",
    "mean_left_in",
    "The features are divided by sigma and the mean stays in them.",
    "First the mean is taken off, so that a feature is spread around 0.",
    "Check the mean of what comes out: it should be 0.",
    replace={"(X_train - mu)": "X_train", "(X_test - mu)": "X_test"},
)
spread_left_in = edited(
    "normalize_inputs",
    "spread_left_in",
    "The mean is taken off and the spread stays as it was.",
    "Features of spread 1 make a cost that is equally steep in all directions.",
    "Check the spread of what comes out: it should be 1.",
    replace={" / sigma": ""},
)
spread_multiplied = edited(
    "normalize_inputs",
    "spread_multiplied",
    "The features are multiplied by sigma instead of divided by it.",
    "A feature that is spread widely has to be made narrower.",
    "Check the spread of what comes out: it should be 1.",
    replace={" / sigma": " * sigma"},
)
statistics_flat = edited(
    "normalize_inputs",
    "statistics_flat",
    "mu and sigma are returned with the shape (n_x,) instead of (n_x, 1).",
    "A flat array is lined up with the examples, not with the features, when it meets X.",
    "Look at the shapes of mu and sigma.",
    replace={"/ sigma, mu, sigma": "/ sigma, mu.ravel(), sigma.ravel()"},
)

# --- diagnose ---------------------------------------------------------------------------------------------

GAPS = "Bias is the gap from the best possible error to the training error, variance that from there to dev."

best_error_ignored = edited(
    "diagnose",
    "best_error_ignored",
    "The bias is judged by the training error alone, whatever the best possible error is.",
    "Where even people err in every sixth case, an error of 18 % is close to the best.",
    "Look at what the training error is compared with.",
    replace={"train_error - bayes_error": "train_error"},
)
variance_from_best_error = edited(
    "diagnose",
    "variance_from_best_error",
    "The variance is judged by the gap from the best possible error to the dev error.",
    GAPS,
    "Look at which two errors are subtracted for the variance.",
    replace={"dev_error - train_error": "dev_error - bayes_error"},
)
variance_from_dev_error = edited(
    "diagnose",
    "variance_from_dev_error",
    "The variance is judged by the dev error alone.",
    GAPS,
    "Look at what the dev error is compared with.",
    replace={"dev_error - train_error": "dev_error"},
)
bias_from_dev_error = edited(
    "diagnose",
    "bias_from_dev_error",
    "The bias is judged by the dev error instead of the training error.",
    GAPS,
    "Look at which two errors are subtracted for the bias.",
    replace={"train_error - bayes_error": "dev_error - bayes_error"},
)
gaps_swapped = edited(
    "diagnose",
    "gaps_swapped",
    "The two answers are swapped: a high bias is called high variance, and the other way round.",
    GAPS,
    "Look at which gap each key gets.",
    replace={'"high_bias"': '"high_variance"', '"high_variance"': '"high_bias"'},
)
gaps_absolute = edited(
    "diagnose",
    "gaps_absolute",
    "Gaps below zero count as high if they are large enough.",
    "A dev error below the training error is luck or an easier set, but no sign of learning by heart.",
    "Look at what your function says where the dev error is the lower one.",
    replace={
        "train_error - bayes_error": "abs(train_error - bayes_error)",
        "dev_error - train_error": "abs(dev_error - train_error)",
    },
)
tolerance_fixed = edited(
    "diagnose",
    "tolerance_fixed",
    "The tolerance is always 0.02, whatever is passed.",
    "What counts as a large gap depends on the task.",
    "Look for a number in the function that should be a name.",
    replace={"> tolerance": "> 0.02"},
)
tolerance_left_out = edited(
    "diagnose",
    "tolerance_left_out",
    "Every gap above zero counts as high.",
    "Errors are measured on finite sets: a small gap is chance.",
    "Look at what the gaps are compared with.",
    replace={"> tolerance": "> 0"},
)
tolerance_reached = edited(
    "diagnose",
    "tolerance_reached",
    "A gap that is equal to the tolerance counts as high.",
    "The tolerance is the largest gap that is still accepted.",
    "Look at the comparison.",
    replace={"> tolerance": ">= tolerance"},
)
gaps_reversed = edited(
    "diagnose",
    "gaps_reversed",
    "The answers are the opposite of what they should be: small gaps count as high.",
    "A large gap is what has to be worked on.",
    "Look at the direction of the comparison.",
    replace={"> tolerance": "<= tolerance"},
)


@mistake(
    "diagnose",
    "Only the larger of the two gaps counts, so that bias and variance are never both high.",
    "A network can be too simple in one region and learn by heart in another: both can be high.",
    "Judge each gap on its own.",
)
def only_one_at_a_time(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    bias, variance = train_error - bayes_error, dev_error - train_error
    return {
        "high_bias": bias > tolerance and bias >= variance,
        "high_variance": variance > tolerance and variance > bias,
    }


@mistake(
    "diagnose",
    "Variance is not looked at where the bias is high.",
    "That bias is worked on first does not mean that there is no variance.",
    "Judge each gap on its own.",
)
def variance_after_bias(train_error, dev_error, bayes_error=0.0, tolerance=0.02):
    if train_error - bayes_error > tolerance:
        return {"high_bias": True, "high_variance": False}
    return {"high_bias": False, "high_variance": dev_error - train_error > tolerance}


# --- next_step --------------------------------------------------------------------------------------------


@mistake(
    "next_step",
    "Where both are high, a remedy for the variance is returned.",
    "A network that does not even fit its training set gains nothing from more examples of it.",
    "Look at which question is asked first.",
)
def variance_first(high_bias, high_variance):
    if high_variance:
        return "more data"
    return "bigger network" if high_bias else "done"


remedies_swapped = edited(
    "next_step",
    "remedies_swapped",
    "High bias gets a remedy for variance, and the other way round.",
    "Bias: the network cannot fit what it sees; variance: it fits what it sees and nothing else.",
    "For each remedy ask which of the two errors it lowers.",
    replace={"bigger network": "regularization", "more data": "train longer"},
)
penalty_against_bias = edited(
    "next_step",
    "penalty_against_bias",
    "High bias is answered with regularization, which makes it higher still.",
    "Regularization holds a network back; one with high bias is held back too much already.",
    "For each remedy ask which of the two errors it lowers.",
    replace={"bigger network": "regularization"},
)
data_against_bias = edited(
    "next_step",
    "data_against_bias",
    "High bias is answered with more data.",
    "A straight line does not fit a curve any better if there are more points on it.",
    "For each remedy ask which of the two errors it lowers.",
    replace={"bigger network": "more data"},
)
size_against_variance = edited(
    "next_step",
    "size_against_variance",
    "High variance is answered with a bigger network.",
    "A bigger network fits the training set even better, and that is not where the problem lies.",
    "For each remedy ask which of the two errors it lowers.",
    replace={"more data": "bigger network"},
)
never_done = edited(
    "next_step",
    "never_done",
    "Where neither is high, there is still a remedy.",
    "A project whose errors are both close to the best possible is done.",
    "Look at what is returned at the end.",
    replace={'"done"': '"train longer"'},
)


@mistake(
    "next_step",
    "Where both are high, nothing is returned.",
    "Four situations are possible, and each needs an answer.",
    "Follow your conditions with both arguments true.",
)
def both_forgotten(high_bias, high_variance):
    if high_bias and not high_variance:
        return "bigger network"
    if high_variance and not high_bias:
        return "more data"
    if not high_bias and not high_variance:
        return "done"
    return None


@mistake(
    "next_step",
    "A list of remedies is returned instead of one.",
    "The question is what to try next, and one answer is asked for.",
    "Choose one of those that suit.",
)
def several_at_once(high_bias, high_variance):
    if high_bias:
        return ["bigger network", "train longer"]
    if high_variance:
        return ["more data", "regularization"]
    return ["done"]
