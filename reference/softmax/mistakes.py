"""Known misconceptions of softmax, each with the hint it deserves."""

import numpy as np

from grader.course.declare import edited, mistake

# -------------------------------------------------------------------------------------------------- softmax

not_shifted = edited(
    "softmax",
    "not_shifted",
    "Scores are exponentiated as they come, which overflows or vanishes when they are in the thousands.",
    "exp of 710 is more than a float can hold, and exp of -750 is less; the answer itself is an ordinary "
    "share.",
    "Adding one number to all scores of a column changes nothing: which number keeps every power at most "
    "one?",
    replace={"shifted = z - z.max(axis=0, keepdims=True)": "shifted = z"},
)

shifted_by_one_maximum = edited(
    "softmax",
    "shifted_by_one_maximum",
    "All columns are shifted by one common maximum, so that columns far below it vanish altogether.",
    "A column that lies thousands below another becomes zero over zero when it is shifted by the other's "
    "maximum.",
    "Look at the axis of the maximum: each column may have a shift of its own.",
    replace={"z.max(axis=0, keepdims=True)": "z.max()"},
)

shifted_by_the_minimum = edited(
    "softmax",
    "shifted_by_the_minimum",
    "Scores are shifted by the smallest of each column, so that large ones still overflow.",
    "The shift should leave no power above one; small powers may vanish, since they add next to nothing.",
    "Which score of a column has to become zero?",
    replace={"z.max(axis=0": "z.min(axis=0"},
)

shifted_by_the_mean = edited(
    "softmax",
    "shifted_by_the_mean",
    "Scores are shifted by the mean of each column, so that classes thousands apart still overflow.",
    "The shift should leave no power above one; small powers may vanish, since they add next to nothing.",
    "Which score of a column has to become zero?",
    replace={"z.max(axis=0": "z.mean(axis=0"},
)

over_rows = edited(
    "softmax",
    "over_rows",
    "The probabilities add up to one along each row, over the examples, instead of down each column.",
    "An example shares its one among the classes, and examples are in columns here.",
    "Look at the axis of the sum, and of the maximum.",
    replace={"axis=0": "axis=1"},
)

over_everything = edited(
    "softmax",
    "over_everything",
    "All entries together add up to one.",
    "Each example has its own share of one; examples know nothing of each other.",
    "Look at the axis of the sum: without one, everything is added up.",
    replace={"powers.sum(axis=0, keepdims=True)": "powers.sum()"},
)

maximum_over_rows = edited(
    "softmax",
    "maximum_over_rows",
    "Scores are shifted by a different amount for each class, which changes the probabilities.",
    "Only a shift that is common to all the scores of an example cancels.",
    "Compare the axis of the maximum with that of the sum.",
    replace={"z.max(axis=0": "z.max(axis=1"},
)

not_exponentiated = edited(
    "softmax",
    "not_exponentiated",
    "Scores are divided by their sum without being exponentiated.",
    "Shares have to be positive whatever the sign of the scores, which is what the exponential is for.",
    "Compare your numerator and denominator with the formula.",
    replace={"powers / powers.sum(axis=0, keepdims=True)": "z / z.sum(axis=0, keepdims=True)"},
)

examples_in_rows = edited(
    "softmax",
    "examples_in_rows",
    "The probabilities are returned with one row per example instead of one column.",
    "In this convention an example is a column, of the scores as of the probabilities.",
    "Count the transposes between z and what is returned.",
    replace={"return powers / powers.sum(axis=0, keepdims=True)": "return (powers / powers.sum(axis=0)).T"},
)

not_divided = edited(
    "softmax",
    "not_divided",
    "The powers are returned without being divided by their sum.",
    "Probabilities of one example add up to one.",
    "Look at what is left to do after the exponential.",
    replace={"powers / powers.sum(axis=0, keepdims=True)": "powers"},
)

powers_of_two = edited(
    "softmax",
    "powers_of_two",
    "Powers of two are taken instead of powers of e.",
    "Any base gives shares that add up to one, but other shares.",
    "Look at the function that makes the powers.",
    replace={"np.exp(": "np.exp2("},
)

logarithms_returned = edited(
    "softmax",
    "logarithms_returned",
    "The logarithms of the probabilities are returned.",
    "Logarithms are what a loss wants; here the probabilities themselves are asked for.",
    "Look at the last step.",
    replace={
        "powers / powers.sum(axis=0, keepdims=True)": "shifted - np.log(powers.sum(axis=0, keepdims=True))"
    },
)


@mistake(
    "softmax",
    "Each score goes through a sigmoid of its own.",
    "A sigmoid answers yes or no for one class; with several classes that exclude each other they have to "
    "share a total of one.",
    "Look at the denominator of the formula: which scores does it hold?",
)
def sigmoid_of_each(z):
    return 1 / (1 + np.exp(-z))


# -------------------------------------------------------------------------------------------------- one_hot

rows_of_examples = edited(
    "one_hot",
    "rows_of_examples",
    "The result has one row per example instead of one column.",
    "In this convention an example is a column: C rows, m columns.",
    "Look at the shape of what you return.",
    replace={"return Y": "return Y.T"},
)


@mistake(
    "one_hot",
    "Rows of examples are reshaped into columns, which scrambles the ones.",
    "A reshape keeps the entries in reading order and only breaks the lines elsewhere; turning rows into "
    "columns is another thing.",
    "Look for a reshape where a transpose is meant.",
)
def reshaped_for_transposed(labels, C):
    return np.eye(C)[labels].reshape(C, len(labels))


counted_from_one = edited(
    "one_hot",
    "counted_from_one",
    "Labels are counted from one, so that every one sits in the row above its class.",
    "The first class has the label 0, and its row is row 0.",
    "Look for a 1 that is subtracted from the labels.",
    replace={"Y[labels,": "Y[labels - 1,"},
)


@mistake(
    "one_hot",
    "The number of rows is taken from the largest label instead of from C.",
    "A class may be missing from a batch, and still has its row.",
    "Look at where the number of rows comes from.",
)
def rows_from_largest_label(labels, C):
    rows = int(np.max(labels)) + 1
    return np.eye(rows)[labels].T


@mistake(
    "one_hot",
    "The number of rows is the number of different labels instead of C.",
    "A class may be missing from a batch, and still has its row.",
    "Look at where the number of rows comes from.",
)
def rows_from_different_labels(labels, C):
    present = np.unique(labels)
    return (present[:, np.newaxis] == labels).astype(float)


labels_in_place_of_ones = edited(
    "one_hot",
    "labels_in_place_of_ones",
    "The entries are the labels themselves instead of ones.",
    "Which row is marked says which class it is; the mark is always a one.",
    "Look at the value that is written.",
    replace={"np.arange(m)] = 1": "np.arange(m)] = labels"},
)

whole_rows_marked = edited(
    "one_hot",
    "whole_rows_marked",
    "The row of every class that occurs is filled with ones.",
    "Each example marks one entry: in the row of its class and in its own column.",
    "Indexing with the labels alone picks whole rows: what picks the column?",
    replace={"Y[labels, np.arange(m)]": "Y[labels]"},
)


@mistake(
    "one_hot",
    "All rows up to the class are marked, not only its own.",
    "One-hot means that exactly one entry of each column is one.",
    "Look at the comparison between the class numbers and the labels.",
)
def thermometer(labels, C):
    return (np.arange(C)[:, np.newaxis] <= labels).astype(float)


# -------------------------------------------------------------------------------------------- cross_entropy

not_averaged = edited(
    "cross_entropy",
    "not_averaged",
    "The loss is summed over the examples but not divided by their number.",
    "As a mean, the loss does not grow with the size of the batch.",
    "Compare the factor in front of the sum with the formula.",
    replace={" / m": ""},
)

averaged_over_entries = edited(
    "cross_entropy",
    "averaged_over_entries",
    "The loss is divided by the number of entries instead of the number of examples.",
    "A mean over the whole array divides by classes times examples; an example is to count once.",
    "Look at what the sum is divided by.",
    replace={" / m": " / Y.size"},
)

averaged_over_classes = edited(
    "cross_entropy",
    "averaged_over_classes",
    "The loss is divided by the number of classes.",
    "Examples are in columns, and the mean runs over the examples.",
    "Look at which axis m is taken from.",
    replace={"Y.shape[1]": "Y.shape[0]"},
)

sign_lost = edited(
    "cross_entropy",
    "sign_lost",
    "The loss has the wrong sign.",
    "Logarithms of probabilities are negative, and a loss is not.",
    "Look at the sign in front of the sum.",
    replace={"-np.sum": "np.sum"},
)


@mistake(
    "cross_entropy",
    "A probability of exactly zero turns the loss into NaN, although its class is not the true one.",
    "0 times minus infinity is not a number in floating point; the formula reads it as 0.",
    "Either leave out the entries that do not count, or see to it that their logarithm is finite.",
)
def zero_times_infinity(A, Y):
    return -np.sum(Y * np.log(A)) / Y.shape[1]


@mistake(
    "cross_entropy",
    "The logarithm of one minus the probability is added for the classes that are not true.",
    "That is the loss of independent yes-or-no questions; with classes that exclude each other only the true "
    "one counts.",
    "Count the terms of the formula, and compare.",
)
def binary_terms_added(A, Y):
    true = Y > 0
    return -(np.sum(np.log(A[true])) + np.sum(np.log(1 - A[~true]))) / Y.shape[1]


@mistake(
    "cross_entropy",
    "The logarithm of the mean probability is taken instead of the mean of the logarithms.",
    "A logarithm of a mean lets one sure example hide another that is far off.",
    "Look at the order of logarithm and mean.",
)
def logarithm_of_the_mean(A, Y):
    return -np.log(np.sum(A * Y) / Y.shape[1])


@mistake(
    "cross_entropy",
    "The logarithms of all probabilities count, whether their class is true or not.",
    "Y picks out the true class of each example; the other classes add nothing.",
    "Look at where Y enters the sum.",
)
def all_classes_count(A, Y):
    return -np.sum(np.log(A)) / Y.shape[1]


@mistake(
    "cross_entropy",
    "The logarithm of Y is taken, and weighted with the probabilities.",
    "Y says which class is true, without a doubt; what is in doubt, and goes into the logarithm, is the "
    "prediction.",
    "Look at which of the two arrays is inside the logarithm.",
)
def arguments_exchanged(A, Y):
    return -np.sum(A * np.log(Y + 1e-8)) / Y.shape[1]


base_two = edited(
    "cross_entropy",
    "base_two",
    "The logarithm is taken to base two.",
    "In bits the loss is larger by a constant factor; here the natural logarithm is meant.",
    "Look at which logarithm is called.",
    replace={"np.log(": "np.log2("},
)


base_ten = edited(
    "cross_entropy",
    "base_ten",
    "The logarithm is taken to base ten.",
    "In base ten the loss is smaller by a constant factor; here the natural logarithm is meant.",
    "Look at which logarithm is called.",
    replace={"np.log(": "np.log10("},
)


@mistake(
    "cross_entropy",
    "One loss per example is returned instead of their mean.",
    "What is minimised is a single number.",
    "Look at the axis of the sum.",
)
def one_loss_per_example(A, Y):
    return -np.log(np.sum(A * Y, axis=0))


# --------------------------------------------------------------------------------------------- softmax_loss


def _rows_softmax(x):
    powers = np.exp(x - x.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def _loss_of(p, y):
    return -np.mean(np.log(p[np.arange(len(y)), y]))


loss_not_shifted = edited(
    "softmax_loss",
    "loss_not_shifted",
    "Scores are exponentiated as they come, which overflows or vanishes when they are in the thousands.",
    "Adding one number to all scores of an example changes nothing; a good choice keeps every power at most "
    "one.",
    "Look at what goes into the exponential.",
    replace={"shifted = x - x.max(axis=1, keepdims=True)": "shifted = x"},
)

loss_one_maximum = edited(
    "softmax_loss",
    "loss_one_maximum",
    "All rows are shifted by one common maximum, so that rows far below it vanish altogether.",
    "A row that lies thousands below another becomes a logarithm of zero when it is shifted by the other's "
    "maximum.",
    "Look at the axis of the maximum: each row may have a shift of its own.",
    replace={"x.max(axis=1, keepdims=True)": "x.max()"},
)


@mistake(
    "softmax_loss",
    "The logarithm is taken of a probability that is too small for a float, and the loss becomes infinite.",
    "A true class thousands below the best one has probability zero in floating point, although its "
    "logarithm is an ordinary number.",
    "Write the logarithm of the quotient out as a difference before any number is put in: one part needs no "
    "exponential at all.",
)
def loss_after_underflow(x, y):
    p = _rows_softmax(x)
    loss = _loss_of(p, y)
    p[np.arange(len(y)), y] -= 1
    return loss, p / len(y)


@mistake(
    "softmax_loss",
    "A small number added inside the logarithm caps the loss of examples that are far off.",
    "The true loss keeps growing with the distance between the scores; it never needs such a number.",
    "Write the logarithm of the quotient out as a difference before any number is put in: one part needs no "
    "exponential at all.",
)
def loss_capped(x, y):
    p = _rows_softmax(x)
    loss = _loss_of(p + 1e-12, y)
    p[np.arange(len(y)), y] -= 1
    return loss, p / len(y)


loss_summed = edited(
    "softmax_loss",
    "loss_summed",
    "The loss is a sum over the examples instead of their mean.",
    "As a mean, the loss does not grow with the size of the batch, and it belongs to the gradient returned "
    "with it.",
    "Look at what the sum is divided by.",
    replace={"-np.sum(log_p[rows, y]) / N": "-np.sum(log_p[rows, y])"},
)

gradient_not_averaged = edited(
    "softmax_loss",
    "gradient_not_averaged",
    "dx is not divided by the number of examples.",
    "The loss is a mean over N examples, so that each of them has only an Nth of the influence.",
    "Look for the 1/N of the loss in its gradient.",
    replace={"dx = dx / N": "dx = dx"},
)

everything_summed = edited(
    "softmax_loss",
    "everything_summed",
    "Loss and dx are those of the sum over the examples instead of the mean.",
    "As a mean, the loss does not grow with the size of the batch; its gradient carries the same 1/N.",
    "Compare the factor in front of the sum with the formula, in the loss and in the gradient.",
    replace={"-np.sum(log_p[rows, y]) / N": "-np.sum(log_p[rows, y])", "dx = dx / N": "dx = dx"},
)

true_class_not_subtracted = edited(
    "softmax_loss",
    "true_class_not_subtracted",
    "dx holds the probabilities alone; the true classes are not taken into account.",
    "Raising the score of the true class lowers the loss, so that its slope has to be negative.",
    "Differentiate the part of the loss that is the score of the true class itself.",
    replace={"dx[rows, y] -= 1": "dx[rows, y] -= 0"},
)

true_class_added = edited(
    "softmax_loss",
    "true_class_added",
    "In dx a one is added at the true class instead of being taken away.",
    "Raising the score of the true class lowers the loss, so that its slope has to be negative.",
    "Look at the sign of what happens at the true class.",
    replace={"dx[rows, y] -= 1": "dx[rows, y] += 1"},
)

gradient_wrong_sign = edited(
    "softmax_loss",
    "gradient_wrong_sign",
    "dx has the wrong sign everywhere.",
    "The gradient points to where the loss grows: away from the true class.",
    "Look at which of probabilities and true classes is subtracted from the other.",
    replace={"dx = dx / N": "dx = -dx / N"},
)

whole_columns_lowered = edited(
    "softmax_loss",
    "whole_columns_lowered",
    "In dx a one is taken away from whole columns instead of from one entry per row.",
    "Each example has one true class: one entry in its own row.",
    "Indexing with a slice and the labels picks columns for all rows: what pairs each row with its label?",
    replace={"dx[rows, y] -= 1": "dx[:, y] -= 1"},
)

every_pair_of_row_and_label = edited(
    "softmax_loss",
    "every_pair_of_row_and_label",
    "Each label is looked up in every row instead of in its own, for the loss as well as for dx.",
    "Each example has one true class: N numbers enter the loss, one of each row.",
    "Indexing with a slice and the labels picks columns for all rows: what pairs each row with its label?",
    replace={"log_p[rows, y]": "log_p[:, y]", "dx[rows, y] -= 1": "dx[:, y] -= 1"},
)

loss_over_columns = edited(
    "softmax_loss",
    "loss_over_columns",
    "The probabilities add up to one down the columns, over the examples.",
    "Examples are in rows in this function; the classes of one example share a total of one along its row.",
    "Look at the axis of the sum, and of the maximum.",
    replace={"axis=1": "axis=0"},
)


@mistake(
    "softmax_loss",
    "dx is the gradient with respect to the probabilities instead of the scores.",
    "Between scores and probabilities lies the softmax, and the chain rule has to pass through it.",
    "Derive the loss with respect to one score; every probability of the row depends on it.",
)
def gradient_of_probabilities(x, y):
    p = _rows_softmax(x)
    rows = np.arange(len(y))
    dx = np.zeros_like(p)
    dx[rows, y] = -1 / (p[rows, y] * len(y))
    return _loss_of(p, y), dx


@mistake(
    "softmax_loss",
    "Only the true classes have an entry in dx.",
    "The scores of the other classes are in the denominator, so that they push the loss up as well.",
    "Look at the entries of dx that belong to classes that are not true.",
)
def gradient_of_true_class_only(x, y):
    p = _rows_softmax(x)
    rows = np.arange(len(y))
    dx = np.zeros_like(p)
    dx[rows, y] = (p[rows, y] - 1) / len(y)
    return _loss_of(p, y), dx


@mistake(
    "softmax_loss",
    "Loss and gradient are those of a margin loss, without any softmax.",
    "A margin loss counts by how much other classes come too near the true one; softmax loss is the "
    "logarithm of a probability.",
    "Start again from the formula of the loss.",
)
def margin_loss(x, y):
    rows = np.arange(len(y))
    margins = np.maximum(0, x - x[rows, y][:, np.newaxis] + 1)
    margins[rows, y] = 0
    dx = (margins > 0).astype(float)
    dx[rows, y] -= dx.sum(axis=1)
    return margins.sum() / len(y), dx / len(y)


# --------------------------------------------------------------------------------------- softmax_loss_naive

naive_not_shifted = edited(
    "softmax_loss_naive",
    "naive_not_shifted",
    "Scores are exponentiated as they come, which overflows or vanishes when they are in the thousands.",
    "Adding one number to all scores of an example changes nothing; a good choice keeps every power at most "
    "one.",
    "Look at what goes into the exponential.",
    replace={"shifted = scores - np.max(scores)": "shifted = scores"},
)

naive_after_underflow = edited(
    "softmax_loss_naive",
    "naive_after_underflow",
    "The logarithm is taken of a probability that is too small for a float, and the loss becomes infinite.",
    "A true class thousands below the best one has probability zero in floating point, although its "
    "logarithm is an ordinary number.",
    "Write the logarithm of the quotient out as a difference before any number is put in.",
    replace={"loss -= shifted[y[i]] - log_total": "loss -= np.log(np.exp(shifted[y[i]] - log_total))"},
)

naive_capped = edited(
    "softmax_loss_naive",
    "naive_capped",
    "A small number added inside the logarithm caps the loss of examples that are far off.",
    "The true loss keeps growing with the distance between the scores; it never needs such a number.",
    "Write the logarithm of the quotient out as a difference before any number is put in.",
    replace={
        "loss -= shifted[y[i]] - log_total": "loss -= np.log(np.exp(shifted[y[i]] - log_total) + 1e-12)"
    },
)

naive_not_averaged = edited(
    "softmax_loss_naive",
    "naive_not_averaged",
    "Loss and gradient are summed over the examples but not divided by their number.",
    "The data part of the loss is a mean; the loop collects a sum.",
    "Look at what happens between the loop and the regularisation.",
    replace={"loss / N": "loss", "dW / N": "dW"},
)

naive_loss_not_averaged = edited(
    "softmax_loss_naive",
    "naive_loss_not_averaged",
    "The loss is summed over the examples but not divided by their number, while dW is.",
    "The data part of the loss is a mean; the loop collects a sum.",
    "Look at what happens to the loss between the loop and the regularisation.",
    replace={"loss / N": "loss"},
)

naive_gradient_not_averaged = edited(
    "softmax_loss_naive",
    "naive_gradient_not_averaged",
    "dW is not divided by the number of examples, while the loss is.",
    "The loss is a mean over N examples, and so is its gradient.",
    "Look at what happens to dW between the loop and the regularisation.",
    replace={"dW / N": "dW"},
)

naive_regularisation_left_out = edited(
    "softmax_loss_naive",
    "naive_regularisation_left_out",
    "Neither the loss nor dW is regularised.",
    "Large weights have to cost something, and the gradient has to pull them back.",
    "Follow reg through the function: where does it enter the loss, and where dW?",
    replace={" + reg * np.sum(W * W)": "", " + 2 * reg * W": ""},
)

naive_gradient_not_regularised = edited(
    "softmax_loss_naive",
    "naive_gradient_not_regularised",
    "The loss is regularised, but dW is not.",
    "dW is the gradient of the whole loss, the regularisation included.",
    "Differentiate the second part of the loss with respect to one weight.",
    replace={" + 2 * reg * W": ""},
)

naive_loss_not_regularised = edited(
    "softmax_loss_naive",
    "naive_loss_not_regularised",
    "dW is regularised, but the loss is not.",
    "Loss and gradient describe the same quantity.",
    "Look for the second part of the formula in the loss.",
    replace={" + reg * np.sum(W * W)": ""},
)

naive_half_regularisation = edited(
    "softmax_loss_naive",
    "naive_half_regularisation",
    "The regularisation carries a factor of one half, in the loss as well as in dW.",
    "Some courses halve it so that the gradient looks simpler; here the formula has no such factor.",
    "Compare the second part of your loss with the formula, then its derivative.",
    replace={"reg * np.sum(W * W)": "0.5 * reg * np.sum(W * W)", "2 * reg * W": "reg * W"},
)

naive_half_regularisation_in_loss = edited(
    "softmax_loss_naive",
    "naive_half_regularisation_in_loss",
    "The regularisation of the loss carries a factor of one half.",
    "Some courses halve it so that the gradient looks simpler; here the formula has no such factor.",
    "Compare the second part of your loss with the formula.",
    replace={"reg * np.sum(W * W)": "0.5 * reg * np.sum(W * W)"},
)

naive_two_of_the_square_missing = edited(
    "softmax_loss_naive",
    "naive_two_of_the_square_missing",
    "The regularisation of dW is only half of what the loss calls for.",
    "The slope of a square is twice its base.",
    "Differentiate the second part of the loss with respect to one weight.",
    replace={"2 * reg * W": "reg * W"},
)

naive_regularisation_averaged = edited(
    "softmax_loss_naive",
    "naive_regularisation_averaged",
    "The regularisation is divided by the number of examples.",
    "Only the data part is a mean over the examples; the weights are there once, whatever the batch.",
    "Look at whether the division by N comes before or after the regularisation is added.",
    replace={
        "loss / N + reg * np.sum(W * W)": "(loss + reg * np.sum(W * W)) / N",
        "dW / N + 2 * reg * W": "(dW + 2 * reg * W) / N",
    },
)

naive_absolute_weights = edited(
    "softmax_loss_naive",
    "naive_absolute_weights",
    "The regularisation adds absolute values of the weights instead of squares.",
    "The formula squares the entries of W; absolute values pull on small and large weights alike.",
    "Look at what is summed in the second part of the loss.",
    replace={"np.sum(W * W)": "np.sum(np.abs(W))", "2 * reg * W": "reg * np.sign(W)"},
)

naive_root_of_squares = edited(
    "softmax_loss_naive",
    "naive_root_of_squares",
    "The regularisation of the loss is the norm of W instead of the sum of its squares.",
    "A norm takes the root of the sum of squares; the formula has no root.",
    "Look at what the second part of the loss is made with.",
    replace={"np.sum(W * W)": "np.sqrt(np.sum(W * W))"},
)

naive_true_class_not_subtracted = edited(
    "softmax_loss_naive",
    "naive_true_class_not_subtracted",
    "dW treats the true class like any other.",
    "Raising the score of the true class lowers the loss, so that its slope has to be negative.",
    "Look for the place in the loop over the classes where the true one is told apart.",
    replace={"slope -= 1": "slope -= 0"},
)

naive_true_class_skipped = edited(
    "softmax_loss_naive",
    "naive_true_class_skipped",
    "The loop over the classes leaves out the true class, so that its column of dW gets too little.",
    "In a margin loss the true class is skipped; in softmax loss it has a probability like all the others, "
    "and a one to be taken away from it.",
    "Look for a continue or an if in the loop over the classes.",
    replace={"slope -= 1": "continue"},
)

naive_gradient_wrong_sign = edited(
    "softmax_loss_naive",
    "naive_gradient_wrong_sign",
    "The data part of dW has the wrong sign.",
    "The gradient points to where the loss grows: away from the true class.",
    "Look at which of probability and one is subtracted from the other.",
    replace={"dW / N": "-dW / N"},
)

naive_last_example_only = edited(
    "softmax_loss_naive",
    "naive_last_example_only",
    "dW holds the share of the last example only.",
    "Each example adds its part to dW; none replaces what is there already.",
    "Look at the assignment to dW inside the loop.",
    replace={"dW[:, k] += slope": "dW[:, k] = slope"},
)

naive_log_left_out = edited(
    "softmax_loss_naive",
    "naive_log_left_out",
    "The loss adds up probabilities instead of their logarithms.",
    "The loss of one example is minus the logarithm of the probability of its true class.",
    "Look for the logarithm in the loss.",
    replace={"loss -= shifted[y[i]] - log_total": "loss -= np.exp(shifted[y[i]] - log_total)"},
)

# ---------------------------------------------------------------------------------- softmax_loss_vectorized

vectorized_not_shifted = edited(
    "softmax_loss_vectorized",
    "vectorized_not_shifted",
    "Scores are exponentiated as they come, which overflows or vanishes when they are in the thousands.",
    "Adding one number to all scores of an example changes nothing; a good choice keeps every power at most "
    "one.",
    "Look at what goes into the exponential.",
    replace={"shifted = scores - scores.max(axis=1, keepdims=True)": "shifted = scores"},
)

vectorized_one_maximum = edited(
    "softmax_loss_vectorized",
    "vectorized_one_maximum",
    "All examples are shifted by one common maximum, so that examples far below it vanish altogether.",
    "An example whose scores lie thousands below another's becomes a logarithm of zero when it is shifted "
    "by the other's maximum.",
    "Look at the axis of the maximum: each row may have a shift of its own.",
    replace={"scores.max(axis=1, keepdims=True)": "scores.max()"},
)

vectorized_maximum_per_class = edited(
    "softmax_loss_vectorized",
    "vectorized_maximum_per_class",
    "Scores are shifted by a different amount for each class, which changes the probabilities.",
    "Only a shift that is common to all the scores of an example cancels.",
    "Compare the axis of the maximum with that of the sum.",
    replace={"scores.max(axis=1": "scores.max(axis=0"},
)

vectorized_over_columns = edited(
    "softmax_loss_vectorized",
    "vectorized_over_columns",
    "The probabilities add up to one down the columns of the scores, over the examples.",
    "The scores of one example are a row, and its classes share a total of one.",
    "Look at the axis of the sum, and of the maximum.",
    replace={"axis=1": "axis=0"},
)

vectorized_after_underflow = edited(
    "softmax_loss_vectorized",
    "vectorized_after_underflow",
    "The logarithm is taken of a probability that is too small for a float, and the loss becomes infinite.",
    "A true class thousands below the best one has probability zero in floating point, although its "
    "logarithm is an ordinary number.",
    "Write the logarithm of the quotient out as a difference before any number is put in.",
    replace={"np.sum(log_p[rows, y])": "np.sum(np.log(np.exp(log_p[rows, y])))"},
)

vectorized_capped = edited(
    "softmax_loss_vectorized",
    "vectorized_capped",
    "A small number added inside the logarithm caps the loss of examples that are far off.",
    "The true loss keeps growing with the distance between the scores; it never needs such a number.",
    "Write the logarithm of the quotient out as a difference before any number is put in.",
    replace={"np.sum(log_p[rows, y])": "np.sum(np.log(np.exp(log_p[rows, y]) + 1e-12))"},
)

vectorized_not_averaged = edited(
    "softmax_loss_vectorized",
    "vectorized_not_averaged",
    "Loss and gradient are summed over the examples but not divided by their number.",
    "The data part of the loss is a mean over the examples.",
    "Look for the 1/N of the formula, in the loss and in dW.",
    replace={" / N": ""},
)

vectorized_loss_not_averaged = edited(
    "softmax_loss_vectorized",
    "vectorized_loss_not_averaged",
    "The loss is summed over the examples but not divided by their number, while dW is.",
    "The data part of the loss is a mean over the examples.",
    "Look for the 1/N of the formula in the loss.",
    replace={"-np.sum(log_p[rows, y]) / N": "-np.sum(log_p[rows, y])"},
)

vectorized_gradient_not_averaged = edited(
    "softmax_loss_vectorized",
    "vectorized_gradient_not_averaged",
    "dW is not divided by the number of examples, while the loss is.",
    "The matrix product adds up over the examples; the loss is their mean.",
    "Look for the 1/N of the loss in its gradient.",
    replace={"dscores / N": "dscores"},
)

vectorized_regularisation_left_out = edited(
    "softmax_loss_vectorized",
    "vectorized_regularisation_left_out",
    "Neither the loss nor dW is regularised.",
    "Large weights have to cost something, and the gradient has to pull them back.",
    "Follow reg through the function: where does it enter the loss, and where dW?",
    replace={" + reg * np.sum(W * W)": "", " + 2 * reg * W": ""},
)

vectorized_gradient_not_regularised = edited(
    "softmax_loss_vectorized",
    "vectorized_gradient_not_regularised",
    "The loss is regularised, but dW is not.",
    "dW is the gradient of the whole loss, the regularisation included.",
    "Differentiate the second part of the loss with respect to one weight.",
    replace={" + 2 * reg * W": ""},
)

vectorized_loss_not_regularised = edited(
    "softmax_loss_vectorized",
    "vectorized_loss_not_regularised",
    "dW is regularised, but the loss is not.",
    "Loss and gradient describe the same quantity.",
    "Look for the second part of the formula in the loss.",
    replace={" + reg * np.sum(W * W)": ""},
)

vectorized_half_regularisation = edited(
    "softmax_loss_vectorized",
    "vectorized_half_regularisation",
    "The regularisation carries a factor of one half, in the loss as well as in dW.",
    "Some courses halve it so that the gradient looks simpler; here the formula has no such factor.",
    "Compare the second part of your loss with the formula, then its derivative.",
    replace={"reg * np.sum(W * W)": "0.5 * reg * np.sum(W * W)", "2 * reg * W": "reg * W"},
)

vectorized_half_regularisation_in_loss = edited(
    "softmax_loss_vectorized",
    "vectorized_half_regularisation_in_loss",
    "The regularisation of the loss carries a factor of one half.",
    "Some courses halve it so that the gradient looks simpler; here the formula has no such factor.",
    "Compare the second part of your loss with the formula.",
    replace={"reg * np.sum(W * W)": "0.5 * reg * np.sum(W * W)"},
)

vectorized_two_of_the_square_missing = edited(
    "softmax_loss_vectorized",
    "vectorized_two_of_the_square_missing",
    "The regularisation of dW is only half of what the loss calls for.",
    "The slope of a square is twice its base.",
    "Differentiate the second part of the loss with respect to one weight.",
    replace={"2 * reg * W": "reg * W"},
)

vectorized_regularisation_averaged = edited(
    "softmax_loss_vectorized",
    "vectorized_regularisation_averaged",
    "The regularisation is divided by the number of examples.",
    "Only the data part is a mean over the examples; the weights are there once, whatever the batch.",
    "Look at whether the division by N comes before or after the regularisation is added.",
    replace={"reg * np.sum(W * W)": "reg * np.sum(W * W) / N", "2 * reg * W": "2 * reg * W / N"},
)

vectorized_true_class_not_subtracted = edited(
    "softmax_loss_vectorized",
    "vectorized_true_class_not_subtracted",
    "dW is made of the probabilities alone; the true classes are not taken into account.",
    "Raising the score of the true class lowers the loss, so that its slope has to be negative.",
    "Look at what happens to the probabilities before they meet X.",
    replace={"dscores[rows, y] -= 1": "dscores[rows, y] -= 0"},
)

vectorized_whole_columns_lowered = edited(
    "softmax_loss_vectorized",
    "vectorized_whole_columns_lowered",
    "A one is taken away from whole columns of the probabilities instead of from one entry per example.",
    "Each example has one true class: one entry in its own row.",
    "Indexing with a slice and the labels picks columns for all rows: what pairs each row with its label?",
    replace={"dscores[rows, y] -= 1": "dscores[:, y] -= 1"},
)

vectorized_gradient_wrong_sign = edited(
    "softmax_loss_vectorized",
    "vectorized_gradient_wrong_sign",
    "The data part of dW has the wrong sign.",
    "The gradient points to where the loss grows: away from the true class.",
    "Look at which of probabilities and true classes is subtracted from the other.",
    replace={"X.T @ dscores / N": "-X.T @ dscores / N"},
)

vectorized_all_probabilities_logged = edited(
    "softmax_loss_vectorized",
    "vectorized_all_probabilities_logged",
    "The loss adds up the logarithms of all probabilities instead of those of the true classes.",
    "The loss of one example looks only at the probability of its true class.",
    "Look at which entries are picked out before the sum.",
    replace={"np.sum(log_p[rows, y])": "np.sum(log_p)"},
)

vectorized_transposed = edited(
    "softmax_loss_vectorized",
    "vectorized_transposed",
    "dW is returned with shape (C, D) instead of (D, C).",
    "A gradient has the shape of what it belongs to.",
    "Look at the order of the two factors that make dW, and at which of them is transposed.",
    replace={"return loss, dW": "return loss, dW.T"},
)

vectorized_gradient_of_scores = edited(
    "softmax_loss_vectorized",
    "vectorized_gradient_of_scores",
    "The gradient with respect to the scores is returned in place of dW.",
    "Between the weights and the scores lies a matrix product with X, and the chain rule passes through it.",
    "Compare the shape of the gradient with that of W.",
    replace={"dW = X.T @ dscores / N + 2 * reg * W": "dW = dscores / N"},
)
