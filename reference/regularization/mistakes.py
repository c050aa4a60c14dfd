"""What goes wrong in the regularization assignment, and what helps.

A missing seed is not listed: what such a file returns depends on the box's own generator, so no list of
numbers can know it.
"""

import numpy as np

from grader.course.declare import edited, mistake

from .solution import relu, sigmoid

# --- the penalty in the cost ------------------------------------------------------------------------------

PENALTY = "The penalty is lambd / (2 m) times the sum of the squares of every weight of the network."

cost_no_penalty = edited(
    "compute_cost_with_regularization",
    "cost_no_penalty",
    "The cost is the cross-entropy alone, without a penalty.",
    PENALTY,
    "Look at what is returned: both terms have to be in it.",
    replace={"cross_entropy_cost + L2_regularization_cost": "cross_entropy_cost"},
)

cost_penalty_alone = edited(
    "compute_cost_with_regularization",
    "cost_penalty_alone",
    "The cost is the penalty alone, without the cross-entropy.",
    "Regularization adds to the cost of wrong predictions; it does not take its place.",
    "Look at what is returned: both terms have to be in it.",
    replace={"cross_entropy_cost + L2_regularization_cost": "L2_regularization_cost"},
)

cost_no_half = edited(
    "compute_cost_with_regularization",
    "cost_no_half",
    "The penalty is twice as large as it should be.",
    "The 2 in lambd / (2 m) is there to cancel the 2 that a square leaves behind when it is differentiated.",
    "Compare the factor in front of the sum with the one in the docstring.",
    replace={"lambd / (2 * m)": "lambd / m"},
)

cost_no_m = edited(
    "compute_cost_with_regularization",
    "cost_no_m",
    "The penalty is not divided by the number of examples.",
    "The cross-entropy is a mean over the examples, and the penalty shares its 1 / m.",
    "Compare the factor in front of the sum with the one in the docstring.",
    replace={"lambd / (2 * m)": "lambd / 2"},
)

cost_m_multiplied = edited(
    "compute_cost_with_regularization",
    "cost_m_multiplied",
    "The penalty is multiplied by the number of examples instead of divided by it.",
    "In lambd / 2 * m Python divides first and multiplies then.",
    "Check what your line does from left to right, or put brackets around the denominator.",
    replace={"lambd / (2 * m)": "lambd / 2 * m"},
)

cost_no_squares = edited(
    "compute_cost_with_regularization",
    "cost_no_squares",
    "The weights are added up without being squared.",
    "A negative weight is as large as a positive one; without the square they cancel.",
    "Look at what you hand to the sum.",
    replace={"np.sum(W1**2)": "np.sum(W1)", "np.sum(W2**2)": "np.sum(W2)", "np.sum(W3**2)": "np.sum(W3)"},
)

cost_absolute = edited(
    "compute_cost_with_regularization",
    "cost_absolute",
    "The penalty adds up absolute values instead of squares.",
    "That is the L1 penalty, which drives single weights to zero; L2 is asked for here.",
    "Look at what you hand to the sum.",
    replace={
        "np.sum(W1**2)": "np.sum(np.abs(W1))",
        "np.sum(W2**2)": "np.sum(np.abs(W2))",
        "np.sum(W3**2)": "np.sum(np.abs(W3))",
    },
)

cost_squared_sum = edited(
    "compute_cost_with_regularization",
    "cost_squared_sum",
    "The sum of a layer's weights is squared instead of the weights themselves.",
    "Squares first, then the sum: otherwise weights of different signs cancel.",
    "Check where the bracket of the sum closes.",
    replace={
        "np.sum(W1**2)": "np.sum(W1) ** 2",
        "np.sum(W2**2)": "np.sum(W2) ** 2",
        "np.sum(W3**2)": "np.sum(W3) ** 2",
    },
)

cost_norms = edited(
    "compute_cost_with_regularization",
    "cost_norms",
    "The penalty adds up the norms of the weight matrices instead of their squares.",
    "The norm is the root of the sum of squares; the penalty is written without that root.",
    "Look at what one matrix contributes.",
    replace={
        "np.sum(W1**2)": "np.linalg.norm(W1)",
        "np.sum(W2**2)": "np.linalg.norm(W2)",
        "np.sum(W3**2)": "np.linalg.norm(W3)",
    },
)

cost_means = edited(
    "compute_cost_with_regularization",
    "cost_means",
    "The squares of each layer are averaged instead of added up.",
    "Every weight is penalised alike, whatever the size of the layer it is in.",
    "Look at the function that makes one number of a matrix.",
    replace={
        "np.sum(W1**2)": "np.mean(W1**2)",
        "np.sum(W2**2)": "np.mean(W2**2)",
        "np.sum(W3**2)": "np.mean(W3**2)",
    },
)

cost_with_biases = edited(
    "compute_cost_with_regularization",
    "cost_with_biases",
    "The biases are penalised too.",
    "A bias moves a unit's threshold and does little to overfit; the penalty is on the weights.",
    "Look at which parameters you go through.",
    replace={
        "np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2)": (
            "np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2) + sum(np.sum(parameters[k] ** 2) for k in "
            "('b1', 'b2', 'b3'))"
        )
    },
)

cost_last_layer_forgotten = edited(
    "compute_cost_with_regularization",
    "cost_last_layer_forgotten",
    "The weights of the last layer are not in the penalty.",
    PENALTY,
    "Count the weight matrices in your sum.",
    replace={" + np.sum(W3**2)": ""},
)

cost_first_layer_forgotten = edited(
    "compute_cost_with_regularization",
    "cost_first_layer_forgotten",
    "The weights of the first layer are not in the penalty.",
    PENALTY,
    "Count the weight matrices in your sum.",
    replace={"np.sum(W1**2) + ": ""},
)

cost_cross_entropy_summed = edited(
    "compute_cost_with_regularization",
    "cost_cross_entropy_summed",
    "The cross-entropy is summed over the examples instead of averaged.",
    "Cross-entropy and penalty share the factor 1 / m.",
    "Compare the first term with what compute_cost gives.",
    replace={"compute_cost(A3, Y)": "compute_cost(A3, Y) * m"},
)

cost_subtracted = edited(
    "compute_cost_with_regularization",
    "cost_subtracted",
    "The penalty is taken off the cost instead of added to it.",
    "A lower cost is better, so whoever takes the penalty off rewards large weights.",
    "Look at the sign between the two terms.",
    replace={"cross_entropy_cost + L2_regularization_cost": "cross_entropy_cost - L2_regularization_cost"},
)

# --- the way back with the penalty ------------------------------------------------------------------------

SLOPE = "The derivative of w squared is 2 w, and the 2 meets the one in lambd / (2 m)."
BACK = "Going back, a unit that was off for an example passes nothing on for it."
MEAN = "The cost is a mean over the examples, so the gradients of weights and biases carry a factor 1 / m."


def penalty_as(name, message, idea, where, factor):
    """Make a mistake that has another term in the place of the penalty's derivative, in all layers."""
    replace = {f"lambd / m * W{l}": factor.format(l=l) for l in (1, 2, 3)}
    return edited("backward_propagation_with_regularization", name, message, idea, where, replace=replace)


backward_no_penalty = penalty_as(
    "backward_no_penalty",
    "The gradients of the weights are those of the cost without a penalty.",
    "A term of the cost that depends on W has a derivative by W.",
    "Look for lambd in the lines for dW1, dW2 and dW3.",
    "0.0",
)

backward_half_penalty = penalty_as(
    "backward_half_penalty",
    "The penalty enters the gradients half as large as it should.",
    SLOPE,
    "Differentiate the penalty by one single weight and compare the factor.",
    "lambd / (2 * m) * W{l}",
)

backward_double_penalty = penalty_as(
    "backward_double_penalty",
    "The penalty enters the gradients twice as large as it should.",
    SLOPE,
    "Differentiate the penalty by one single weight and compare the factor.",
    "2 * lambd / m * W{l}",
)

backward_penalty_without_m = penalty_as(
    "backward_penalty_without_m",
    "The penalty enters the gradients without being divided by the number of examples.",
    "The penalty in the cost is divided by m, so its derivative is.",
    "Compare the factor of the penalty in the cost with the one in your gradients.",
    "lambd * W{l}",
)

backward_penalty_negative = penalty_as(
    "backward_penalty_negative",
    "The penalty enters the gradients with the wrong sign, so that descending makes the weights grow.",
    "A step goes against the gradient; to shrink a positive weight its gradient has to be larger.",
    "Look at the sign in front of the penalty's term.",
    "(-lambd / m * W{l})",
)

backward_penalty_of_squares = penalty_as(
    "backward_penalty_of_squares",
    "The penalty enters the gradients with the squares of the weights.",
    "The square is in the cost; its derivative is linear in the weight.",
    "Differentiate the penalty by one single weight.",
    "lambd / m * W{l} ** 2",
)

backward_penalty_summed = penalty_as(
    "backward_penalty_summed",
    "Every entry of a gradient gets the penalty of the whole matrix instead of its own weight's.",
    "One weight's derivative of a sum of squares knows only its own square.",
    "Look for a sum in the lines for dW: none belongs into the penalty's term.",
    "lambd / m * np.sum(W{l})",
)

backward_penalty_inside_mean = penalty_as(
    "backward_penalty_inside_mean",
    "The penalty's term is divided by the number of examples twice.",
    "One 1 / m belongs to the penalty; it already stands in lambd / m.",
    "Check how far the bracket after 1 / m reaches.",
    "lambd / m / m * W{l}",
)

backward_penalty_on_biases = edited(
    "backward_propagation_with_regularization",
    "backward_penalty_on_biases",
    "The gradients of the biases have a penalty too.",
    "The cost penalises weights only, so the derivative by a bias does not know lambd.",
    "Look at the lines for db1, db2 and db3.",
    replace={
        "    db3 = ": "    db3 = lambd / m * cache[11] + ",
        "    db2 = ": "    db2 = lambd / m * cache[7] + ",
        "    db1 = ": "    db1 = lambd / m * cache[3] + ",
    },
)

backward_penalty_first_layer_missing = edited(
    "backward_propagation_with_regularization",
    "backward_penalty_first_layer_missing",
    "The gradient of the first layer's weights lacks the penalty.",
    "All three weight matrices are in the penalty, so all three gradients have its derivative.",
    "Compare your lines for dW1, dW2 and dW3.",
    replace={" + lambd / m * W1": ""},
)

backward_penalty_last_layer_missing = edited(
    "backward_propagation_with_regularization",
    "backward_penalty_last_layer_missing",
    "The gradient of the last layer's weights lacks the penalty.",
    "All three weight matrices are in the penalty, so all three gradients have its derivative.",
    "Compare your lines for dW1, dW2 and dW3.",
    replace={" + lambd / m * W3": ""},
)

backward_sign = edited(
    "backward_propagation_with_regularization",
    "backward_sign",
    "The way back begins with label minus prediction, so every gradient but the penalty has the wrong sign.",
    "Where the prediction is too high, the cost falls as Z3 falls: the derivative is positive there.",
    "Look at the order in which dZ3 subtracts.",
    replace={"dZ3 = A3 - Y": "dZ3 = Y - A3"},
)

backward_slope_of_sigmoid = edited(
    "backward_propagation_with_regularization",
    "backward_slope_of_sigmoid",
    "The way back begins with the slope of the sigmoid in dZ3, as for a squared error.",
    "The slope of the cross-entropy has that very slope in its denominator, so that the two cancel.",
    "Compare your first line with the docstring.",
    replace={"dZ3 = A3 - Y": "dZ3 = (A3 - Y) * A3 * (1 - A3)"},
)

backward_no_mean = edited(
    "backward_propagation_with_regularization",
    "backward_no_mean",
    "The gradients are sums over the examples instead of means.",
    MEAN,
    "Look for 1 / m in the lines for dW and db.",
    replace={
        "np.dot(dZ3, A2.T) / m": "np.dot(dZ3, A2.T)",
        "np.dot(dZ2, A1.T) / m": "np.dot(dZ2, A1.T)",
        "np.dot(dZ1, X.T) / m": "np.dot(dZ1, X.T)",
        "keepdims=True) / m": "keepdims=True)",
    },
)

backward_no_relu = edited(
    "backward_propagation_with_regularization",
    "backward_no_relu",
    "The way back does not pass through the derivative of ReLU.",
    BACK,
    "Look at how dZ2 and dZ1 come out of dA2 and dA1.",
    replace={"dA2 * (A2 > 0)": "dA2", "dA1 * (A1 > 0)": "dA1"},
)

backward_flat_biases = edited(
    "backward_propagation_with_regularization",
    "backward_flat_biases",
    "The gradients of the biases are one-dimensional arrays instead of columns.",
    "A gradient has the shape of what it is the derivative by; subtracting (n,) from (n, 1) makes an (n, n).",
    "Look at what the sum over the examples does with the axis it sums over.",
    replace={", keepdims=True": ""},
)

backward_biases_over_units = edited(
    "backward_propagation_with_regularization",
    "backward_biases_over_units",
    "The gradients of the biases add up the units instead of the examples.",
    "A bias is shared by all examples, which are the columns, and belongs to one unit.",
    "Look at the axis of the sum in db.",
    replace={"axis=1": "axis=0"},
)

# --- the way forward with dropout -------------------------------------------------------------------------

SCALE = (
    "A kept unit has to stand in for those that are off: dividing by the probability of being kept "
    "leaves the mean "
    "of the layer as it is."
)
STREAM = "A generator is a fixed sequence of numbers: who draws once more, or in another order, gets others."

forward_not_scaled = edited(
    "forward_propagation_with_dropout",
    "forward_not_scaled",
    "The activations that are kept are not scaled up.",
    SCALE,
    "Compare your code with step 4 of the docstring.",
    replace={" / keep_prob": ""},
)

forward_first_layer_not_scaled = edited(
    "forward_propagation_with_dropout",
    "forward_first_layer_not_scaled",
    "The first hidden layer is masked but not scaled up, unlike the second.",
    SCALE,
    "Compare what you do to A1 with what you do to A2.",
    replace={"A1 * D1 / keep_prob": "A1 * D1"},
)

forward_second_layer_not_scaled = edited(
    "forward_propagation_with_dropout",
    "forward_second_layer_not_scaled",
    "The second hidden layer is masked but not scaled up, unlike the first.",
    SCALE,
    "Compare what you do to A1 with what you do to A2.",
    replace={"A2 * D2 / keep_prob": "A2 * D2"},
)

forward_scaled_by_dropped = edited(
    "forward_propagation_with_dropout",
    "forward_scaled_by_dropped",
    "The activations are divided by the probability of being dropped instead of being kept.",
    SCALE,
    "Look at the denominator of step 4.",
    replace={" / keep_prob": " / (1 - keep_prob)"},
)

forward_multiplied = edited(
    "forward_propagation_with_dropout",
    "forward_multiplied",
    "The activations are multiplied by the probability of being kept instead of divided by it.",
    SCALE,
    "Ask whether what is left has to become larger or smaller.",
    replace={" / keep_prob": " * keep_prob"},
)

forward_mask_inverted = edited(
    "forward_propagation_with_dropout",
    "forward_mask_inverted",
    "The masks keep the units that should be dropped.",
    "A uniform number is below p with probability p, and above it with probability 1 - p.",
    "Look at the comparison that makes the masks.",
    replace={") < keep_prob": ") > keep_prob"},
)

forward_kept_as_often_as_dropped = edited(
    "forward_propagation_with_dropout",
    "forward_kept_as_often_as_dropped",
    "Units are kept with the probability with which they should be dropped.",
    "keep_prob says which share of the units takes part; the rest is switched off.",
    "Look at the number that the draws are compared with.",
    replace={") < keep_prob": ") < 1 - keep_prob"},
)

forward_normal_draw = edited(
    "forward_propagation_with_dropout",
    "forward_normal_draw",
    "The masks compare normal instead of uniform numbers with the probability.",
    "Only a uniform number from [0, 1) is below p with probability p.",
    "Two of numpy's functions have names that differ by one letter.",
    replace={"np.random.rand(": "np.random.randn("},
)

forward_no_mask = edited(
    "forward_propagation_with_dropout",
    "forward_no_mask",
    "The masks are drawn but no activation is switched off.",
    "A mask does something only where it meets the activations.",
    "Compare your code with step 3 of the docstring.",
    replace={"A1 * D1 / keep_prob": "A1 / keep_prob", "A2 * D2 / keep_prob": "A2 / keep_prob"},
)

forward_no_dropout = edited(
    "forward_propagation_with_dropout",
    "forward_no_dropout",
    "The masks are drawn but the activations are those of a network without dropout.",
    "A mask does something only where it meets the activations, and the next layer has to see the result.",
    "Follow A1 from relu to the line for Z2: is it the masked one that arrives?",
    replace={"A1 = A1 * D1 / keep_prob": "A1 = A1", "A2 = A2 * D2 / keep_prob": "A2 = A2"},
)

forward_first_layer_only = edited(
    "forward_propagation_with_dropout",
    "forward_first_layer_only",
    "Only the first hidden layer is masked and scaled.",
    "Both hidden layers have dropout here, each with a mask of its own.",
    "Compare what you do to A1 with what you do to A2.",
    replace={"A2 = A2 * D2 / keep_prob": "A2 = A2"},
)

forward_seeded_twice = edited(
    "forward_propagation_with_dropout",
    "forward_seeded_twice",
    "Both masks are made of the same random numbers.",
    STREAM + " Seeding goes back to its beginning.",
    "Count the calls that seed and those that draw: one seeds, two draw.",
    replace={"    D2 = np.random": "    np.random.seed(1)\n    D2 = np.random"},
)

forward_other_seed = edited(
    "forward_propagation_with_dropout",
    "forward_other_seed",
    "The masks are those of seed 3, not of the seed that the task names.",
    "The seed is part of this task: with another one the masks are just as random, but not the same.",
    "Read in the docstring which number seeds.",
    replace={"np.random.seed(1)": "np.random.seed(3)"},
)

forward_mask_per_unit = edited(
    "forward_propagation_with_dropout",
    "forward_mask_per_unit",
    "One mask is drawn per unit and used for all examples.",
    "Every example trains a network of its own: units are dropped anew in each column.",
    "Look at the shape in which you draw.",
    replace={
        "rand(A1.shape[0], A1.shape[1])": "rand(A1.shape[0], 1)",
        "rand(A2.shape[0], A2.shape[1])": "rand(A2.shape[0], 1)",
    },
)

forward_mask_before_relu = edited(
    "forward_propagation_with_dropout",
    "forward_mask_before_relu",
    "The masks are applied to Z instead of A, so that the cache holds masked Z1 and Z2.",
    "Dropout switches off what a unit passes on, which is its activation.",
    "Look at which array each mask is multiplied with.",
    replace={
        "    A1 = relu(Z1)\n": "",
        "D1 = np.random.rand(A1.shape[0], A1.shape[1])": "D1 = np.random.rand(*Z1.shape)",
        "A1 = A1 * D1 / keep_prob": "Z1 = Z1 * D1 / keep_prob\n    A1 = relu(Z1)",
        "    A2 = relu(Z2)\n": "",
        "D2 = np.random.rand(A2.shape[0], A2.shape[1])": "D2 = np.random.rand(*Z2.shape)",
        "A2 = A2 * D2 / keep_prob": "Z2 = Z2 * D2 / keep_prob\n    A2 = relu(Z2)",
    },
)

forward_output_dropped = edited(
    "forward_propagation_with_dropout",
    "forward_output_dropped",
    "The output layer has dropout too.",
    "Hidden units can stand in for each other, the one output cannot: its number is the prediction.",
    "Look at what happens to A3 after the sigmoid.",
    replace={
        "A3 = sigmoid(Z3)": (
            "A3 = sigmoid(Z3)\n    A3 = A3 * (np.random.rand(A3.shape[0], A3.shape[1]) < keep_prob) / "
            "keep_prob"
        )
    },
)

forward_input_dropped = edited(
    "forward_propagation_with_dropout",
    "forward_input_dropped",
    "The input is masked too, which also moves the masks of the hidden layers.",
    "Dropout works on the two hidden layers here. " + STREAM,
    "Count the arrays that you draw: there are two.",
    replace={
        "Z1 = np.dot(W1, X) + b1": (
            "Z1 = np.dot(W1, X * (np.random.rand(X.shape[0], X.shape[1]) < keep_prob) / keep_prob) + b1"
        )
    },
)


@mistake(
    "forward_propagation_with_dropout",
    "The second mask is drawn before the first, so that both hold other numbers.",
    STREAM,
    "Look at the order of the two calls that draw.",
)
def forward_masks_in_other_order(X, parameters, keep_prob=0.5):
    np.random.seed(1)
    W1, b1, W2, b2, W3, b3 = (parameters[key] for key in ("W1", "b1", "W2", "b2", "W3", "b3"))
    m = X.shape[1]
    D2 = np.random.rand(W2.shape[0], m) < keep_prob
    D1 = np.random.rand(W1.shape[0], m) < keep_prob
    Z1 = np.dot(W1, X) + b1
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = np.dot(W2, A1) + b2
    A2 = relu(Z2) * D2 / keep_prob
    Z3 = np.dot(W3, A2) + b3
    A3 = sigmoid(Z3)
    return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)


forward_default_probability = edited(
    "forward_propagation_with_dropout",
    "forward_default_probability",
    "The masks keep half of the units whatever probability was asked for.",
    "keep_prob is an argument; 0.5 is only what it is when the caller says nothing.",
    "Look for a number in your code where the argument should stand.",
    replace={"< keep_prob": "< 0.5"},
)

forward_cache_without_masks = edited(
    "forward_propagation_with_dropout",
    "forward_cache_without_masks",
    "The cache does not hold the masks.",
    "The way back has to switch off the same units, so it needs to know which they were.",
    "Compare your cache with the 14 items that the docstring lists.",
    replace={"Z1, D1, A1, W1": "Z1, A1, W1", "Z2, D2, A2, W2": "Z2, A2, W2"},
)

forward_cache_unmasked = edited(
    "forward_propagation_with_dropout",
    "forward_cache_unmasked",
    "The cache holds A1 and A2 as they were before dropout.",
    "The gradient of W2 is formed with what layer 2 really received.",
    "Look at which arrays the cache names A1 and A2.",
    replace={
        "A1 = A1 * D1 / keep_prob": "A1_dropped = A1 * D1 / keep_prob",
        "np.dot(W2, A1)": "np.dot(W2, A1_dropped)",
        "A2 = A2 * D2 / keep_prob": "A2_dropped = A2 * D2 / keep_prob",
        "np.dot(W3, A2)": "np.dot(W3, A2_dropped)",
    },
)

# --- the way back with dropout ----------------------------------------------------------------------------

SAME = "What was done to an activation on the way forward is done to its gradient on the way back."

dropback_no_mask = edited(
    "backward_propagation_with_dropout",
    "dropback_no_mask",
    "The masks are not applied to dA2 and dA1.",
    SAME + " A unit that was off had no part in the prediction.",
    "Look for D2 and D1 in your code.",
    replace={" * D2": "", " * D1": ""},
)

dropback_not_scaled = edited(
    "backward_propagation_with_dropout",
    "dropback_not_scaled",
    "The gradients dA2 and dA1 are masked but not scaled.",
    SAME + " That includes the division.",
    "Look for keep_prob in your code.",
    replace={" / keep_prob": ""},
)

dropback_nothing = edited(
    "backward_propagation_with_dropout",
    "dropback_nothing",
    "The way back is the one of a network without dropout.",
    SAME,
    "Look for the masks and for keep_prob in your code.",
    replace={" * D2 / keep_prob": "", " * D1 / keep_prob": ""},
)

dropback_scaled_by_dropped = edited(
    "backward_propagation_with_dropout",
    "dropback_scaled_by_dropped",
    "The gradients are divided by the probability of being dropped instead of being kept.",
    SAME + " There the activations were divided by the probability of being kept.",
    "Look at the denominator.",
    replace={" / keep_prob": " / (1 - keep_prob)"},
)

dropback_multiplied = edited(
    "backward_propagation_with_dropout",
    "dropback_multiplied",
    "The gradients are multiplied by the probability of being kept instead of divided by it.",
    "If a = x / p, then a small change of x changes a by 1 / p times as much.",
    "Look at the operator in front of keep_prob.",
    replace={" / keep_prob": " * keep_prob"},
)

dropback_first_layer_missing = edited(
    "backward_propagation_with_dropout",
    "dropback_first_layer_missing",
    "The gradient dA1 is neither masked nor scaled.",
    "Both hidden layers had dropout, so both gradients meet their mask.",
    "Compare your lines for dA2 and dA1.",
    replace={" * D1 / keep_prob": ""},
)

dropback_second_layer_missing = edited(
    "backward_propagation_with_dropout",
    "dropback_second_layer_missing",
    "The gradient dA2 is neither masked nor scaled.",
    "Both hidden layers had dropout, so both gradients meet their mask.",
    "Compare your lines for dA2 and dA1.",
    replace={" * D2 / keep_prob": ""},
)

dropback_scaled_once = edited(
    "backward_propagation_with_dropout",
    "dropback_scaled_once",
    "Only dA2 is scaled, dA1 is masked alone.",
    "Each hidden layer was scaled on the way forward, so each is on the way back.",
    "Compare your lines for dA2 and dA1.",
    replace={" * D1 / keep_prob": " * D1"},
)

dropback_masks_inverted = edited(
    "backward_propagation_with_dropout",
    "dropback_masks_inverted",
    "The gradients of the units that were kept are switched off instead of those that were dropped.",
    "The mask is 1 where the unit took part.",
    "Look at how the masks meet dA2 and dA1.",
    replace={" * D2": " * (1 - D2)", " * D1": " * (1 - D1)"},
)

dropback_masks_after_relu = edited(
    "backward_propagation_with_dropout",
    "dropback_masks_after_relu",
    "The masks and the scaling come after dZ2 and dZ1 were formed, so that dA2 and dA1 are returned "
    "without them.",
    "On the way forward dropout came after relu; on the way back it comes before it.",
    "Look at the order of the lines between dA2 and dZ2.",
    replace={
        "np.dot(W3.T, dZ3) * D2 / keep_prob": "np.dot(W3.T, dZ3)",
        "dA2 * (A2 > 0)": "dA2 * (A2 > 0) * D2 / keep_prob",
        "np.dot(W2.T, dZ2) * D1 / keep_prob": "np.dot(W2.T, dZ2)",
        "dA1 * (A1 > 0)": "dA1 * (A1 > 0) * D1 / keep_prob",
    },
)

dropback_no_relu = edited(
    "backward_propagation_with_dropout",
    "dropback_no_relu",
    "The way back does not pass through the derivative of ReLU.",
    BACK + " That holds for relu as it does for dropout.",
    "Look at how dZ2 and dZ1 come out of dA2 and dA1.",
    replace={"dA2 * (A2 > 0)": "dA2", "dA1 * (A1 > 0)": "dA1"},
)

dropback_default_probability = edited(
    "backward_propagation_with_dropout",
    "dropback_default_probability",
    "The gradients are doubled whatever probability was used.",
    "keep_prob is an argument, and only at 0.5 does dividing by it double.",
    "Look for a number in your code where the argument should stand.",
    replace={" / keep_prob": " / 0.5"},
)

dropback_sign = edited(
    "backward_propagation_with_dropout",
    "dropback_sign",
    "The way back begins with label minus prediction, so every gradient has the wrong sign.",
    "Where the prediction is too high, the cost falls as Z3 falls: the derivative is positive there.",
    "Look at the order in which dZ3 subtracts.",
    replace={"dZ3 = A3 - Y": "dZ3 = Y - A3"},
)

dropback_slope_of_sigmoid = edited(
    "backward_propagation_with_dropout",
    "dropback_slope_of_sigmoid",
    "The way back begins with the slope of the sigmoid in dZ3, as for a squared error.",
    "The slope of the cross-entropy has that very slope in its denominator, so that the two cancel.",
    "Compare your first line with the docstring.",
    replace={"dZ3 = A3 - Y": "dZ3 = (A3 - Y) * A3 * (1 - A3)"},
)

dropback_no_mean = edited(
    "backward_propagation_with_dropout",
    "dropback_no_mean",
    "The gradients are sums over the examples instead of means.",
    MEAN,
    "Look for 1 / m in the lines for dW and db.",
    replace={
        "np.dot(dZ3, A2.T) / m": "np.dot(dZ3, A2.T)",
        "np.dot(dZ2, A1.T) / m": "np.dot(dZ2, A1.T)",
        "np.dot(dZ1, X.T) / m": "np.dot(dZ1, X.T)",
        "keepdims=True) / m": "keepdims=True)",
    },
)

dropback_flat_biases = edited(
    "backward_propagation_with_dropout",
    "dropback_flat_biases",
    "The gradients of the biases are one-dimensional arrays instead of columns.",
    "A gradient has the shape of what it is the derivative by; subtracting (n,) from (n, 1) makes an (n, n).",
    "Look at what the sum over the examples does with the axis it sums over.",
    replace={", keepdims=True": ""},
)

# --- more images ------------------------------------------------------------------------------------------

OWN_CHANCE = "Every image has a chance of its own: one number is drawn per image and compared with p."
SEEDED = (
    "A seed is a promise: whoever calls with it again gets the same, and with another one something else."
)

flip_upside_down = edited(
    "random_flip",
    "flip_upside_down",
    "Images are turned upside down instead of mirrored left to right.",
    "The axes of the array are images, rows, columns and channels; left and right are columns.",
    "Check which axis you reverse, in particular after taking one image out of the array.",
    replace={"images[chosen, :, ::-1]": "images[chosen, ::-1]"},
)

flip_half_a_turn = edited(
    "random_flip",
    "flip_half_a_turn",
    "Images are turned by half a turn instead of mirrored left to right.",
    "Mirroring leaves the rows in their order.",
    "Count the axes that you reverse.",
    replace={"images[chosen, :, ::-1]": "images[chosen, ::-1, ::-1]"},
)

flip_channels = edited(
    "random_flip",
    "flip_channels",
    "The channels are reversed instead of the columns.",
    "The last axis holds the colours of one pixel.",
    "Check which axis you reverse.",
    replace={"images[chosen, :, ::-1]": "images[chosen, ..., ::-1]"},
)

flip_order_of_images = edited(
    "random_flip",
    "flip_order_of_images",
    "The order of the images is reversed instead of their columns.",
    "The first axis counts the images; a mirrored image stays where it was in the batch.",
    "Check which axis you reverse.",
    replace={"flipped[chosen] = images[chosen, :, ::-1]": "flipped[chosen] = images[::-1][chosen]"},
)

flip_always = edited(
    "random_flip",
    "flip_always",
    "Every image is mirrored, whatever the probability.",
    OWN_CHANCE,
    "Look at where p enters.",
    replace={"images.copy()": "images[:, :, ::-1]", "flipped[chosen] = images[chosen, :, ::-1]": "pass"},
)

flip_never = edited(
    "random_flip",
    "flip_never",
    "No image is ever mirrored.",
    "A reversed view changes nothing until it is stored in the result.",
    "Look at what happens to the mirrored image after it was made.",
    replace={"flipped[chosen] = images[chosen, :, ::-1]": "pass"},
)

flip_opposite = edited(
    "random_flip",
    "flip_opposite",
    "Images are mirrored with probability 1 - p.",
    "A uniform number is below p with probability p, and above it with probability 1 - p.",
    "Look at the comparison.",
    replace={"< p": "> p"},
)

flip_at_even_odds = edited(
    "random_flip",
    "flip_at_even_odds",
    "Every second image or so is mirrored, whatever the probability.",
    OWN_CHANCE,
    "Look at where p enters.",
    replace={"< p": "< 0.5"},
)

flip_together = edited(
    "random_flip",
    "flip_together",
    "One number is drawn for the whole batch, so that all images are mirrored together or none is.",
    OWN_CHANCE,
    "Count the numbers that you draw.",
    replace={"random(len(images)) < p": "random(1).repeat(len(images)) < p"},
)

flip_fixed_number = edited(
    "random_flip",
    "flip_fixed_number",
    "The same number of images is mirrored in every call.",
    OWN_CHANCE + " How many are mirrored is then left to chance as well.",
    "Look at whether p decides about an image or about a number of images.",
    replace={"random(len(images)) < p": "permutation(len(images)) < round(p * len(images))"},
)

flip_seed_ignored = edited(
    "random_flip",
    "flip_seed_ignored",
    "The result differs from call to call, whatever the seed.",
    SEEDED,
    "Look at whether the seed reaches the generator that you draw from.",
    replace={"np.random.default_rng(seed)": "np.random"},
)

flip_seed_fixed = edited(
    "random_flip",
    "flip_seed_fixed",
    "The same images are mirrored whatever the seed.",
    SEEDED,
    "Look at the number that the generator is seeded with.",
    replace={"default_rng(seed)": "default_rng(0)"},
)

WINDOW = "A window of h rows fits at the rows 0, 1, ... up to H - h, which makes H - h + 1 places."

crop_centre = edited(
    "random_crop",
    "crop_centre",
    "The window is always cut out of the middle.",
    "The network is to see the object at different places, so the place has to be drawn.",
    "Look at where the random numbers enter.",
    replace={
        "rng.integers(0, H - h + 1, m)": "np.full(m, (H - h) // 2)",
        "rng.integers(0, W - w + 1, m)": "np.full(m, (W - w) // 2)",
    },
)

crop_corner = edited(
    "random_crop",
    "crop_corner",
    "The window is always cut out of the top left corner.",
    "The network is to see the object at different places, so the place has to be drawn.",
    "Look at where the random numbers enter.",
    replace={
        "rng.integers(0, H - h + 1, m)": "np.zeros(m, int)",
        "rng.integers(0, W - w + 1, m)": "np.zeros(m, int)",
    },
)

crop_never_at_the_edge = edited(
    "random_crop",
    "crop_never_at_the_edge",
    "No window ever reaches the last row or column of its image.",
    WINDOW,
    "Check whether the upper end of your draw is among the numbers drawn.",
    replace={"H - h + 1": "max(H - h, 1)", "W - w + 1": "max(W - w, 1)"},
)

crop_edge_impossible = edited(
    "random_crop",
    "crop_edge_impossible",
    "The last place is never drawn, and a window of the whole image cannot be cut at all.",
    WINDOW,
    "Check whether the upper end of your draw is among the numbers drawn, and what it does when H equals h.",
    replace={"H - h + 1": "H - h", "W - w + 1": "W - w"},
)

crop_same_for_all = edited(
    "random_crop",
    "crop_same_for_all",
    "All images of a call are cut at the same place.",
    "Every image draws its own place, so that a batch shows many of them.",
    "Count the numbers that you draw.",
    replace={
        "rng.integers(0, H - h + 1, m)": "rng.integers(0, H - h + 1, 1).repeat(m)",
        "rng.integers(0, W - w + 1, m)": "rng.integers(0, W - w + 1, 1).repeat(m)",
    },
)

crop_one_number = edited(
    "random_crop",
    "crop_one_number",
    "Row and column of a window come from one random number, so that windows lie on a diagonal.",
    "Top and left are independent: every combination of the two is a place.",
    "Count the numbers that you draw for one image.",
    replace={
        "    tops = ": "    draws = rng.random(m)\n    tops = ",
        "rng.integers(0, H - h + 1, m)": "(draws * (H - h + 1)).astype(int)",
        "rng.integers(0, W - w + 1, m)": "(draws * (W - w + 1)).astype(int)",
    },
)

crop_rounded = edited(
    "random_crop",
    "crop_rounded",
    "Windows begin at the first and last row and column half as often as elsewhere.",
    "Rounding a uniform number from [0, n] gives 0 and n half the room of the numbers between them.",
    "Look at how a random number becomes a row.",
    replace={
        "rng.integers(0, H - h + 1, m)": "np.rint(rng.random(m) * (H - h)).astype(int)",
        "rng.integers(0, W - w + 1, m)": "np.rint(rng.random(m) * (W - w)).astype(int)",
    },
)

crop_size_exchanged = edited(
    "random_crop",
    "crop_size_exchanged",
    "Height and width of the window are exchanged.",
    "As with the shape of an array, rows come first.",
    "Look at the order in which you take the two numbers out of size.",
    replace={"h, w = size": "w, h = size"},
)

crop_other_image = edited(
    "random_crop",
    "crop_other_image",
    "Windows are cut out of other images than the one whose place they take.",
    "The labels stay in their order, so the images have to.",
    "Look at the index with which you take an image out of the batch.",
    replace={"images[i, ": "images[i - 1, "},
)

crop_seed_ignored = edited(
    "random_crop",
    "crop_seed_ignored",
    "The result differs from call to call, whatever the seed.",
    SEEDED,
    "Look at whether the seed reaches the generator that you draw from.",
    replace={
        "np.random.default_rng(seed)": "np.random.RandomState(np.random.randint(2**31))",
        "rng.integers": "rng.randint",
    },
)

crop_seed_fixed = edited(
    "random_crop",
    "crop_seed_fixed",
    "The windows lie at the same places whatever the seed.",
    SEEDED,
    "Look at the number that the generator is seeded with.",
    replace={"default_rng(seed)": "default_rng(0)"},
)

# --- early stopping ---------------------------------------------------------------------------------------

stopping_never = edited(
    "early_stopping",
    "stopping_never",
    "The best epoch of the whole list is returned, as if training never stopped.",
    "Once training has stopped, later epochs do not exist: nobody has trained them.",
    "Look at where patience enters.",
    replace={"waited == patience": "False"},
)

stopping_where_it_stops = edited(
    "early_stopping",
    "stopping_where_it_stops",
    "The epoch at which training stops is returned, not the one whose weights are kept.",
    "By the time training stops, the error has been no better for a while; the weights of the best "
    "epoch are kept.",
    "Look at which of the two indices you return.",
    replace={"break": "return epoch", "return best_epoch": "return len(dev_errors) - 1"},
)

stopping_one_too_late = edited(
    "early_stopping",
    "stopping_one_too_late",
    "Training goes on for one epoch more than the patience allows.",
    "With a patience of 1, the first epoch without improvement is the last.",
    "Look at the comparison of the counter with patience, and whether it comes before or after counting.",
    replace={"waited == patience": "waited > patience"},
)

stopping_one_too_early = edited(
    "early_stopping",
    "stopping_one_too_early",
    "Training stops one epoch before the patience is used up.",
    "As many epochs as patience says have to go without improvement, and the last of them ends training.",
    "Look at the number at which your counter starts, or at which it is compared.",
    replace={"waited == patience": "waited >= patience - 1"},
)

stopping_ties_improve = edited(
    "early_stopping",
    "stopping_ties_improve",
    "An epoch with an equal error counts as an improvement.",
    "Only a lower error is better; of equal ones the first is kept, and waiting goes on.",
    "Look at the comparison with the best error.",
    replace={"dev_errors[epoch] < ": "dev_errors[epoch] <= "},
)

stopping_not_reset = edited(
    "early_stopping",
    "stopping_not_reset",
    "Epochs without improvement are counted over the whole training instead of in a row.",
    "An improvement shows that training is still worth while, so the waiting begins anew.",
    "Look at what happens to the counter when an epoch improves.",
    replace={"            waited = 0\n        else": "        else"},
)

stopping_counts_rises = edited(
    "early_stopping",
    "stopping_counts_rises",
    "Each epoch is compared with the one before it instead of with the best so far.",
    "A bumpy curve falls every now and then without coming near its best.",
    "Look at what the new error is compared with.",
    replace={"dev_errors[best_epoch]": "dev_errors[epoch - 1]"},
)


@mistake(
    "early_stopping",
    "The waiting begins anew whenever the error falls below the epoch before, even where it is not "
    "the best so far.",
    "An epoch improves when it is better than every epoch before it.",
    "Look at what puts your counter back to zero.",
)
def stopping_reset_by_any_fall(dev_errors, patience):
    best, waited = 0, 0
    for epoch in range(1, len(dev_errors)):
        if dev_errors[epoch] < dev_errors[best]:
            best = epoch
        if dev_errors[epoch] < dev_errors[epoch - 1]:
            waited = 0
        else:
            waited += 1
        if waited == patience:
            break
    return best


stopping_error_returned = edited(
    "early_stopping",
    "stopping_error_returned",
    "The lowest error is returned instead of the epoch it belongs to.",
    "With the index one can fetch the weights that were saved; with the error one cannot.",
    "Look at the last line.",
    replace={"return best_epoch": "return dev_errors[best_epoch]"},
)

stopping_counted_from_one = edited(
    "early_stopping",
    "stopping_counted_from_one",
    "The epochs are counted from 1 instead of from 0.",
    "The result is an index in the list, and indices begin at 0.",
    "Look at the last line, or at where your loop starts counting.",
    replace={"return best_epoch": "return best_epoch + 1"},
)

stopping_patience_as_index = edited(
    "early_stopping",
    "stopping_patience_as_index",
    "Training stops at the epoch whose number is the patience, whatever the errors do.",
    "Patience is not an epoch: it says how long to wait after an improvement.",
    "Look at what is compared with patience.",
    replace={
        "waited == patience": "False",
        "range(1, len(dev_errors))": "range(1, min(len(dev_errors), patience + 1))",
    },
)
