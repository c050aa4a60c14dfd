"""What goes wrong in gradient checking, and the hint that each mistake deserves."""

import numpy as np

from grader.course.declare import edited, mistake

#: The denominator of both checks, without its parentheses.
SIZES = "np.linalg.norm(grad) + np.linalg.norm(gradapprox)"

# --- forward_propagation

forward_added = edited(
    "forward_propagation",
    "added",
    "Input and parameter are added.",
    "The model is a line through the origin: twice the parameter gives twice the cost.",
    "Look at the operator.",
    replace={"theta * x": "theta + x"},
)
forward_squared = edited(
    "forward_propagation",
    "squared",
    "The parameter is squared.",
    "The cost is linear in theta; the other models of the handout are not.",
    "Look at the powers.",
    replace={"theta * x": "theta**2 * x"},
)
forward_input_only = edited(
    "forward_propagation",
    "input_only",
    "The cost does not depend on theta.",
    "Without theta there would be nothing to learn.",
    "Look at which of the two arguments are read.",
    replace={"theta * x": "x"},
)
forward_halved_square = edited(
    "forward_propagation",
    "halved_square",
    "Half the square of the product is returned, as for a squared error.",
    "This model has no label and no error: the product itself is the cost.",
    "Compare with the formula of the docstring.",
    replace={"theta * x": "(theta * x) ** 2 / 2"},
)

# --- backward_propagation

backward_parameter = edited(
    "backward_propagation",
    "parameter",
    "theta is returned, which is the derivative with respect to x.",
    "The derivative asks how J changes when theta changes and x stays as it is.",
    "Look at which of the two factors stays.",
    replace={"return x": "return theta"},
)
backward_product = edited(
    "backward_propagation",
    "product",
    "The cost itself is returned.",
    "The slope of a line is the same everywhere, so it cannot depend on theta.",
    "Derive theta * x with respect to theta.",
    replace={"return x": "return theta * x"},
)
backward_one = edited(
    "backward_propagation",
    "one",
    "The derivative is always 1.",
    "The derivative of theta alone is 1; here theta has a factor.",
    "Look at what happens to the factor.",
    replace={"return x": "return 1.0"},
)
backward_sign = edited(
    "backward_propagation",
    "sign",
    "The derivative has the wrong sign.",
    "Where x is positive the cost grows with theta.",
    "The descent direction is the update's business, not the derivative's.",
    replace={"return x": "return -x"},
)

# --- gradient_check

check_one_sided = edited(
    "gradient_check",
    "one_sided",
    "The slope is measured from one side only, between theta and theta + epsilon.",
    "From both sides the errors of the curvature cancel, so the slope is far more precise.",
    "Look at the two points at which the cost is computed, and at how far apart they are.",
    replace={"theta - epsilon": "theta", "(2 * epsilon)": "epsilon"},
)
check_minus_from_plus = edited(
    "gradient_check",
    "minus_from_plus",
    "The lower point is at theta itself, but the difference is divided by two shifts.",
    "The two points lie on both sides of theta.",
    "Look at what epsilon is subtracted from.",
    replace={"theta - epsilon": "theta"},
)
check_two_left_out = edited(
    "gradient_check",
    "two_left_out",
    "The difference of the costs is divided by one epsilon, although the two points are two apart.",
    "A slope is a difference of values over the distance of the points.",
    "Look at the denominator of gradapprox.",
    replace={"(2 * epsilon)": "epsilon"},
)
check_slope_bracket = edited(
    "gradient_check",
    "slope_bracket",
    "The slope is divided by 2 and multiplied by epsilon.",
    "Division and multiplication are done from left to right.",
    "Count the parentheses of gradapprox.",
    replace={"/ (2 * epsilon)": "/ 2 * epsilon"},
)
check_difference_bracket = edited(
    "gradient_check",
    "difference_bracket",
    "Only the lower cost is divided by the distance of the points.",
    "Division binds tighter than subtraction.",
    "Count the parentheses of gradapprox.",
    replace={"(J_plus - J_minus) / (2 * epsilon)": "J_plus - J_minus / (2 * epsilon)"},
)
check_sign = edited(
    "gradient_check",
    "sign",
    "Derivative and slope meet with the wrong sign: where they agree they add up instead of cancelling.",
    "A slope is positive where the cost grows, and a comparison subtracts.",
    "Look at the order of the two costs, and at the sign in the numerator.",
    replace={"(J_plus - J_minus)": "(J_minus - J_plus)"},
)
check_epsilon_fixed = edited(
    "gradient_check",
    "epsilon_fixed",
    "The shift is always 1e-7, whatever is passed.",
    "A default value applies only where the argument is left out.",
    "Look for a number that should be a name.",
    replace={
        "theta + epsilon": "theta + 1e-7",
        "theta - epsilon": "theta - 1e-7",
        "(2 * epsilon)": "(2 * 1e-7)",
    },
)
check_x_shifted = edited(
    "gradient_check",
    "x_shifted",
    "The input is shifted instead of the parameter.",
    "The derivative is one with respect to theta.",
    "Look at which argument of the forward function gets the shift.",
    replace={
        "forward_propagation(x, theta + epsilon)": "forward_propagation(x + epsilon, theta)",
        "forward_propagation(x, theta - epsilon)": "forward_propagation(x - epsilon, theta)",
    },
)
check_gradient_elsewhere = edited(
    "gradient_check",
    "gradient_elsewhere",
    "The derivative is taken at theta + epsilon instead of at theta.",
    "The slope is measured around theta, so the derivative at theta is what it compares with.",
    "Look at what the backward function is given.",
    replace={"backward_propagation(x, theta)": "backward_propagation(x, theta + epsilon)"},
)
check_not_relative = edited(
    "gradient_check",
    "not_relative",
    "The difference is not divided by anything.",
    "An error of 0.01 is much for a slope of 0.02 and nothing for one of a million.",
    "Compare with the formula: what makes the difference relative?",
    replace={f" / ({SIZES})": ""},
)
check_relative_to_gradient = edited(
    "gradient_check",
    "relative_to_gradient",
    "The difference is divided by the size of the derivative alone.",
    "Both sizes count, so that neither of the two is taken for the truth.",
    "Look at the denominator.",
    replace={f"({SIZES})": "np.linalg.norm(grad)"},
)
check_relative_to_slope = edited(
    "gradient_check",
    "relative_to_slope",
    "The difference is divided by the size of the measured slope alone.",
    "Both sizes count, so that neither of the two is taken for the truth.",
    "Look at the denominator.",
    replace={f"({SIZES})": "np.linalg.norm(gradapprox)"},
)
check_relative_to_larger = edited(
    "gradient_check",
    "relative_to_larger",
    "The difference is divided by the larger one of the two sizes.",
    "That is a sound measure as well, but another one: here the sizes are added up.",
    "Look at the denominator.",
    replace={f"({SIZES})": "max(np.linalg.norm(grad), np.linalg.norm(gradapprox))"},
)
check_norm_of_sum = edited(
    "gradient_check",
    "norm_of_sum",
    "The difference is divided by the size of the sum, instead of by the sum of the sizes.",
    "A derivative with the wrong sign would cancel against the slope and make the denominator zero.",
    "Look at how many norms the denominator has.",
    replace={f"({SIZES})": "np.linalg.norm(grad + gradapprox)"},
)
check_signed = edited(
    "gradient_check",
    "signed",
    "The difference keeps its sign, so a derivative that is too small gives a negative number.",
    "A norm is never negative.",
    "Look at the numerator.",
    replace={"np.linalg.norm(grad - gradapprox)": "(grad - gradapprox)"},
)
check_squared = edited(
    "gradient_check",
    "squared",
    "The numerator is squared.",
    "The norm is the root of the sum of squares; for a number it is the absolute value.",
    "Look at the powers.",
    replace={"np.linalg.norm(grad - gradapprox)": "np.linalg.norm(grad - gradapprox) ** 2"},
)
check_ratio_bracket = edited(
    "gradient_check",
    "ratio_bracket",
    "Only the first norm divides, the second one is added to the quotient.",
    "Division binds tighter than addition.",
    "Count the parentheses of the denominator.",
    replace={f"({SIZES})": SIZES},
)
check_returns_slope = edited(
    "gradient_check",
    "returns_slope",
    "The measured slope is returned instead of the relative difference.",
    "The slope is one half of the comparison.",
    "Look at what is returned.",
    replace={f"np.linalg.norm(grad - gradapprox) / ({SIZES})": "gradapprox"},
)

check_forward_written_out = edited(
    "gradient_check",
    "forward_written_out",
    "The formula of the line is written out for J, so the check knows no other cost.",
    "A check is about any pair of a cost and a derivative.",
    "Look at how the two costs are computed: who else knows how to do that?",
    replace={
        "forward_propagation(x, theta + epsilon)": "(theta + epsilon) * x",
        "forward_propagation(x, theta - epsilon)": "(theta - epsilon) * x",
    },
)
check_backward_written_out = edited(
    "gradient_check",
    "backward_written_out",
    "The derivative of the line is written out, so the check never sees the derivative that it is to judge.",
    "A check is about any pair of a cost and a derivative.",
    "Look at what grad is.",
    replace={"backward_propagation(x, theta)": "x"},
)
check_both_written_out = edited(
    "gradient_check",
    "both_written_out",
    "Cost and derivative of the line are written out, so the check compares its own two formulas.",
    "A check is about any pair of a cost and a derivative.",
    "Look at whether your two other functions are called at all.",
    replace={
        "forward_propagation(x, theta + epsilon)": "(theta + epsilon) * x",
        "forward_propagation(x, theta - epsilon)": "(theta - epsilon) * x",
        "backward_propagation(x, theta)": "x",
    },
)

# --- forward_propagation_n

network_not_averaged = edited(
    "forward_propagation_n",
    "not_averaged",
    "The losses are added up and not averaged.",
    "Twice as many examples must not make twice the cost.",
    "Look at what the sum is divided by.",
    replace={"np.sum(losses) / m": "np.sum(losses)"},
)
network_sign = edited(
    "forward_propagation_n",
    "sign",
    "The cost is negative: its sign is wrong.",
    "The logarithm of a probability is negative or zero, and the loss is to be positive.",
    "Look at the signs in the loss, or in front of the sum.",
    replace={"np.sum(losses) / m": "-np.sum(losses) / m"},
)
network_half_of_loss = edited(
    "forward_propagation_n",
    "half_of_loss",
    "Only examples with the label 1 add to the cost.",
    "An example with the label 0 costs the more, the nearer its a is to 1.",
    "Count the terms of the loss.",
    replace={" - (1 - Y) * np.log(1 - A3)": ""},
)
network_other_half_of_loss = edited(
    "forward_propagation_n",
    "other_half_of_loss",
    "Only examples with the label 0 add to the cost.",
    "An example with the label 1 costs the more, the nearer its a is to 0.",
    "Count the terms of the loss.",
    replace={"-Y * np.log(A3) - (1 - Y)": "-(1 - Y)"},
)
network_second_sign = edited(
    "forward_propagation_n",
    "second_sign",
    "The two halves of the loss have different signs.",
    "Both logarithms are negative or zero, so both halves need the same sign to be positive.",
    "Look at the part of the examples with the label 0.",
    replace={"- (1 - Y) *": "+ (1 - Y) *"},
)
network_halved = edited(
    "forward_propagation_n",
    "halved",
    "The cost is half as large as it should be.",
    "A factor of one half is usual with squares, where it cancels a 2; here there are none.",
    "Look at what the sum is divided by.",
    replace={"/ m": "/ (2 * m)"},
)
network_labels_swapped = edited(
    "forward_propagation_n",
    "labels_swapped",
    "The labels 0 and 1 have changed places in the loss.",
    "Where y is 1, the loss is small for an a near 1.",
    "Look at which logarithm goes with which label.",
    replace={"-Y * np.log(A3) - (1 - Y) * np.log(1 - A3)": "-Y * np.log(1 - A3) - (1 - Y) * np.log(A3)"},
)
network_squared_error = edited(
    "forward_propagation_n",
    "squared_error",
    "The cost is a squared error.",
    "Behind a sigmoid the logistic loss keeps its gradient large where the network is far off.",
    "Compare with the formula of the docstring.",
    replace={"-Y * np.log(A3) - (1 - Y) * np.log(1 - A3)": "(A3 - Y) ** 2 / 2"},
)
network_averaged_over_inputs = edited(
    "forward_propagation_n",
    "averaged_over_inputs",
    "The losses are divided by the number of inputs of the network instead of by the number of examples.",
    "Examples are columns here: X has one row per input and one column per example.",
    "Look at which entry of the shape m is.",
    replace={"X.shape[1]": "X.shape[0]"},
)
network_averaged_over_rows_of_Y = edited(
    "forward_propagation_n",
    "averaged_over_rows_of_labels",
    "m is the number of rows of Y, which is 1 where Y has the shape (1, m).",
    "Examples are columns here.",
    "The docstring says where to take m from.",
    replace={"X.shape[1]": "Y.shape[0]"},
)
network_sigmoid_hidden = edited(
    "forward_propagation_n",
    "sigmoid_hidden",
    "The hidden layers have sigmoid activations.",
    "The two hidden layers use ReLU; the sigmoid belongs to the output.",
    "Look at what makes A1 and A2.",
    replace={"relu(": "sigmoid("},
)
network_tanh_hidden = edited(
    "forward_propagation_n",
    "tanh_hidden",
    "The hidden layers have tanh activations.",
    "The two hidden layers use ReLU.",
    "Look at what makes A1 and A2.",
    replace={"relu(": "np.tanh("},
)
network_second_activation_left_out = edited(
    "forward_propagation_n",
    "second_activation_left_out",
    "The second layer has no activation.",
    "Two linear layers in a row are one linear layer.",
    "Look at what A2 is.",
    replace={"A2 = relu(Z2)": "A2 = Z2"},
)
network_biases_left_out = edited(
    "forward_propagation_n",
    "biases_left_out",
    "The biases are not added.",
    "Without a bias each unit's border goes through the origin.",
    "Look at Z1, Z2 and Z3.",
    replace={" @ X + b1": " @ X", " @ A1 + b2": " @ A1", " @ A2 + b3": " @ A2"},
)
network_cache_order = edited(
    "forward_propagation_n",
    "cache_order",
    "The cache has its parameters first: it is not in the order of the docstring.",
    "Backward propagation unpacks the cache by position.",
    "Compare the order item by item.",
    replace={
        "(Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)": "(W1, b1, Z1, A1, W2, b2, Z2, A2, W3, b3, Z3, A3)"
    },
)
network_cost_is_array = edited(
    "forward_propagation_n",
    "cost_is_array",
    "The cost is an array with one entry instead of a number.",
    "A product of a row and a column has the shape (1, 1).",
    "Take the number out of the array before returning it.",
    replace={"np.sum(losses) / m": "np.sum(losses, axis=1, keepdims=True) / m"},
)

# --- backward_propagation_n

as_handed_out = edited(
    "backward_propagation_n",
    "as_handed_out",
    "Both mistakes of the code that was handed out are still there.",
    "Every layer follows the same pattern, so two of the twelve lines must look odd.",
    "Let gradient_check_n tell you how far off the gradients are, then compare the layers line by line.",
    replace={
        "dW2 = 1 / m * np.dot(dZ2, A1.T)": "dW2 = 1 / m * np.dot(dZ2, A1.T) * 2",
        "db1 = 1 / m * np.sum": "db1 = 4 / m * np.sum",
    },
)
weight_left_wrong = edited(
    "backward_propagation_n",
    "weight_left_wrong",
    "One mistake of the code that was handed out is repaired; the gradient of some weights is still wrong.",
    "The three lines for dW differ only in their numbers of layer.",
    "Compare them factor by factor.",
    replace={"dW2 = 1 / m * np.dot(dZ2, A1.T)": "dW2 = 1 / m * np.dot(dZ2, A1.T) * 2"},
)
bias_left_wrong = edited(
    "backward_propagation_n",
    "bias_left_wrong",
    "One mistake of the code that was handed out is repaired; the gradient of some biases is still wrong.",
    "The three lines for db differ only in their numbers of layer.",
    "Compare them factor by factor.",
    replace={"db1 = 1 / m * np.sum": "db1 = 4 / m * np.sum"},
)
gradients_not_averaged = edited(
    "backward_propagation_n",
    "not_averaged",
    "The gradients of the parameters are added up over the examples and not averaged.",
    "The cost is an average, so its derivatives are averages too.",
    "Look at the factor in front of dW and db.",
    replace={"1 / m * ": ""},
)
gradients_averaged_twice = edited(
    "backward_propagation_n",
    "averaged_twice",
    "dZ3 is already divided by m, and dW and db divide once more.",
    "The division by m happens once, with dW and db.",
    "Look at dZ3.",
    replace={"dZ3 = A3 - Y": "dZ3 = (A3 - Y) / m"},
)
gradients_averaged_over_inputs = edited(
    "backward_propagation_n",
    "averaged_over_inputs",
    "The gradients are divided by the number of inputs of the network instead of by the number of examples.",
    "Examples are columns here.",
    "Look at which entry of the shape m is.",
    replace={"X.shape[1]": "X.shape[0]"},
)
gradients_sign = edited(
    "backward_propagation_n",
    "sign",
    "dZ3 has the wrong sign, and with it every gradient.",
    "Where the network's answer is too large, Z3 should go down, so the derivative is positive.",
    "Look at the order of the subtraction.",
    replace={"A3 - Y": "Y - A3"},
)
gradients_sigmoid_twice = edited(
    "backward_propagation_n",
    "sigmoid_twice",
    "dZ3 has the derivative of the sigmoid as a factor although A3 - Y has it already.",
    "The factor a * (1 - a) of the sigmoid cancels against the denominator of the loss's derivative.",
    "Derive the logistic loss with respect to Z3 once, by hand.",
    replace={"dZ3 = A3 - Y": "dZ3 = (A3 - Y) * A3 * (1 - A3)"},
)
gradients_mask_left_out = edited(
    "backward_propagation_n",
    "mask_left_out",
    "The derivative of ReLU is missing: gradients pass through units that are off.",
    "A unit whose Z is negative returns 0 whatever its Z is; nothing behind it can matter.",
    "Look at how dZ2 and dZ1 are made.",
    replace={"dA2 * (Z2 > 0)": "dA2", "dA1 * (Z1 > 0)": "dA1"},
)
gradients_mask_of_gradient = edited(
    "backward_propagation_n",
    "mask_of_gradient",
    "The gradients are cut off where they themselves are negative, as if ReLU were applied to them.",
    "What decides is whether the unit was on in the forward pass.",
    "Look at which array the condition is about.",
    replace={"(Z2 > 0)": "(dA2 > 0)", "(Z1 > 0)": "(dA1 > 0)"},
)
gradients_sigmoid_derivative = edited(
    "backward_propagation_n",
    "sigmoid_derivative",
    "The hidden layers use the derivative of the sigmoid although their activation is ReLU.",
    "Each layer goes back through the activation that it went forward through.",
    "Look at how dZ2 and dZ1 are made.",
    replace={"(Z2 > 0)": "A2 * (1 - A2)", "(Z1 > 0)": "A1 * (1 - A1)"},
)
gradients_flat_biases = edited(
    "backward_propagation_n",
    "flat_biases",
    "The gradients of the biases have the shape (n,) instead of (n, 1).",
    "A sum over one axis removes that axis unless it is told not to.",
    "Look at the sums.",
    replace={", axis=1, keepdims=True": ", axis=1"},
)
gradients_biases_summed_over_all = edited(
    "backward_propagation_n",
    "biases_summed_over_all",
    "The gradients of the biases are summed over the units as well as over the examples.",
    "Each unit has a bias of its own.",
    "Look at the axis of the sums.",
    replace={", axis=1, keepdims=True": ", keepdims=True"},
)
gradients_of_inactive = edited(
    "backward_propagation_n",
    "of_linear_parts",
    "The gradients of the weights use Z of the layer before instead of its activations.",
    "A layer sees what the layer before returns, after ReLU.",
    "Look at the second factor of dW3 and dW2.",
    replace={"A2.T": "Z2.T", "A1.T": "Z1.T"},
)
gradients_of_a_cache_in_another_order = edited(
    "backward_propagation_n",
    "cache_in_another_order",
    "Z and A are taken from the cache in each other's places.",
    "The cache is a tuple: what counts is the place, not the name; the docstring of forward_propagation_n "
    "has the order.",
    "Look at the line that unpacks the cache.",
    replace={
        "Z1, A1, _, _, Z2, A2, W2, _, _, A3, W3": "A1, Z1, _, _, A2, Z2, W2, _, A3, _, W3",
    },
)


# --- gradient_check_n

vector_one_sided = edited(
    "gradient_check_n",
    "one_sided",
    "The slopes are measured from one side only, between theta and theta + epsilon.",
    "From both sides the errors of the curvature cancel, so the slopes are far more precise.",
    "Look at the two points at which the cost is computed, and at how far apart they are.",
    replace={"theta_minus[i] -= epsilon": "pass", "(2 * epsilon)": "epsilon"},
)
vector_minus_from_plus = edited(
    "gradient_check_n",
    "minus_from_plus",
    "The lower point is at theta itself, but the difference is divided by two shifts.",
    "The two points lie on both sides of theta.",
    "Look at what theta_minus is made from, and at whether it is a copy.",
    replace={"theta_minus[i] -= epsilon": "pass"},
)
vector_two_left_out = edited(
    "gradient_check_n",
    "two_left_out",
    "The difference of the costs is divided by one epsilon, although the two points are two apart.",
    "A slope is a difference of values over the distance of the points.",
    "Look at the denominator of gradapprox.",
    replace={"(2 * epsilon)": "epsilon"},
)
vector_slope_bracket = edited(
    "gradient_check_n",
    "slope_bracket",
    "The slopes are divided by 2 and multiplied by epsilon.",
    "Division and multiplication are done from left to right.",
    "Count the parentheses of gradapprox.",
    replace={"/ (2 * epsilon)": "/ 2 * epsilon"},
)
vector_sign = edited(
    "gradient_check_n",
    "sign",
    "Gradients and slopes meet with the wrong sign: where they agree they add up instead of cancelling.",
    "A slope is positive where the cost grows, and a comparison subtracts.",
    "Look at the order of the two costs, and at the sign in the numerator.",
    replace={"(J_plus - J_minus)": "(J_minus - J_plus)"},
)
vector_epsilon_fixed = edited(
    "gradient_check_n",
    "epsilon_fixed",
    "The shift is always 1e-7, whatever is passed.",
    "A default value applies only where the argument is left out.",
    "Look for a number that should be a name.",
    replace={"+= epsilon": "+= 1e-7", "-= epsilon": "-= 1e-7", "(2 * epsilon)": "(2 * 1e-7)"},
)
vector_all_at_once = edited(
    "gradient_check_n",
    "all_at_once",
    "All parameters are shifted together, so every slope is the sum of all slopes.",
    "A partial derivative moves one parameter and keeps the others.",
    "Look at whether the shift has an index.",
    replace={
        "theta_plus[i] += epsilon": "theta_plus += epsilon",
        "theta_minus[i] -= epsilon": "theta_minus -= epsilon",
    },
)


@mistake(
    "gradient_check_n",
    "Shifts are never taken back, so each parameter is measured with all earlier ones still shifted.",
    "A partial derivative moves one parameter from the original theta.",
    "Look at where the copy of theta is made: before the loop or inside it.",
)
def vector_shifts_remain(parameters, gradients, X, Y, epsilon=1e-7):
    theta, _ = dictionary_to_vector(parameters)  # noqa: F821 - of the solution
    grad = gradients_to_vector(gradients)  # noqa: F821
    gradapprox = np.zeros_like(theta)
    theta_plus, theta_minus = np.copy(theta), np.copy(theta)
    for i in range(len(theta)):
        theta_plus[i] += epsilon
        theta_minus[i] -= epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_plus))  # noqa: F821
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(theta_minus))  # noqa: F821
        gradapprox[i] = (J_plus - J_minus) / (2 * epsilon)
    return np.linalg.norm(grad - gradapprox) / (np.linalg.norm(grad) + np.linalg.norm(gradapprox))


vector_arrays_counted = edited(
    "gradient_check_n",
    "arrays_counted",
    "Only the first six entries are shifted: as many as there are arrays.",
    "Each entry of each array is a parameter of its own.",
    "Print how often the loop runs, and compare with the length of theta.",
    replace={"range(len(theta))": "range(len(parameters))"},
)
vector_flat_slopes = edited(
    "gradient_check_n",
    "flat_slopes",
    "The measured slopes have the shape (n,) and the gradients (n, 1), so their difference is a matrix.",
    "Broadcasting meets each entry of the one with each entry of the other.",
    "Print the shapes of both before they are subtracted.",
    replace={"np.zeros_like(theta)": "np.zeros(len(theta))"},
)
vector_last_left_out = edited(
    "gradient_check_n",
    "last_left_out",
    "The last parameter is never shifted, so its slope stays zero.",
    "range leaves its end out already.",
    "Look at the end of the loop.",
    replace={"range(len(theta))": "range(len(theta) - 1)"},
)
vector_first_left_out = edited(
    "gradient_check_n",
    "first_left_out",
    "The first parameter is never shifted, so its slope stays zero.",
    "The formula counts from 1, the entries of an array from 0.",
    "Look at the start of the loop.",
    replace={"range(len(theta))": "range(1, len(theta))"},
)
vector_parameters_compared = edited(
    "gradient_check_n",
    "parameters_compared",
    "The slopes are compared with the parameters instead of with the gradients.",
    "What is to be checked are the gradients that are passed in.",
    "Look at what grad is made from.",
    replace={"gradients_to_vector(gradients)": "theta"},
)
vector_not_relative = edited(
    "gradient_check_n",
    "not_relative",
    "The difference is not divided by anything.",
    "An error of 0.01 is much for a gradient of 0.02 and nothing for one of a million.",
    "Compare with the formula: what makes the difference relative?",
    replace={f" / ({SIZES})": ""},
)
vector_relative_to_gradient = edited(
    "gradient_check_n",
    "relative_to_gradient",
    "The difference is divided by the norm of the gradients alone.",
    "Both norms count, so that neither side is taken for the truth.",
    "Look at the denominator.",
    replace={f"({SIZES})": "np.linalg.norm(grad)"},
)
vector_relative_to_slopes = edited(
    "gradient_check_n",
    "relative_to_slopes",
    "The difference is divided by the norm of the measured slopes alone.",
    "Both norms count, so that neither side is taken for the truth.",
    "Look at the denominator.",
    replace={f"({SIZES})": "np.linalg.norm(gradapprox)"},
)
vector_relative_to_larger = edited(
    "gradient_check_n",
    "relative_to_larger",
    "The difference is divided by the larger one of the two norms.",
    "That is a sound measure as well, but another one: here the norms are added up.",
    "Look at the denominator.",
    replace={f"({SIZES})": "max(np.linalg.norm(grad), np.linalg.norm(gradapprox))"},
)
vector_norm_of_sum = edited(
    "gradient_check_n",
    "norm_of_sum",
    "The difference is divided by the norm of the sum, instead of by the sum of the norms.",
    "Gradients with the wrong sign would cancel against the slopes and make the denominator zero.",
    "Look at how many norms the denominator has.",
    replace={f"({SIZES})": "np.linalg.norm(grad + gradapprox)"},
)
vector_product_of_norms = edited(
    "gradient_check_n",
    "product_of_norms",
    "The difference is divided by the product of the two norms.",
    "With a product, the result would change if the cost were multiplied by a constant.",
    "Look at the operator between the norms.",
    replace={"np.linalg.norm(grad) + np": "np.linalg.norm(grad) * np"},
)
vector_squared = edited(
    "gradient_check_n",
    "squared",
    "The norms are squared: the roots are missing.",
    "The Euclidean norm is the root of the sum of squares.",
    "Compare your norm with np.linalg.norm for the vector (3, 4).",
    replace={
        "np.linalg.norm(grad - gradapprox)": "np.sum((grad - gradapprox) ** 2)",
        SIZES: "np.sum(grad**2) + np.sum(gradapprox**2)",
    },
)
vector_numerator_squared = edited(
    "gradient_check_n",
    "numerator_squared",
    "The norm in the numerator is squared.",
    "The Euclidean norm is the root of the sum of squares.",
    "Look at the powers in the numerator.",
    replace={"np.linalg.norm(grad - gradapprox)": "np.sum((grad - gradapprox) ** 2)"},
)
vector_sums = edited(
    "gradient_check_n",
    "sums",
    "Absolute values are added up instead of taking Euclidean norms.",
    "The Euclidean norm is the root of the sum of squares.",
    "Compare your norm with np.linalg.norm for the vector (3, 4).",
    replace={
        "np.linalg.norm(grad - gradapprox)": "np.sum(np.abs(grad - gradapprox))",
        SIZES: "np.sum(np.abs(grad)) + np.sum(np.abs(gradapprox))",
    },
)
vector_largest = edited(
    "gradient_check_n",
    "largest_entry",
    "Only the largest entries are compared, instead of Euclidean norms.",
    "The norm takes every entry into account.",
    "Compare your norm with np.linalg.norm for the vector (3, 4).",
    replace={
        "np.linalg.norm(grad - gradapprox)": "np.max(np.abs(grad - gradapprox))",
        SIZES: "np.max(np.abs(grad)) + np.max(np.abs(gradapprox))",
    },
)
vector_averaged_entries = edited(
    "gradient_check_n",
    "averaged_entries",
    "The relative differences of the entries are averaged, instead of comparing the vectors as a whole.",
    "An entry near zero has a large relative error of rounding, which would spoil the average.",
    "Take the norms of whole vectors first, and divide once.",
    replace={
        f"np.linalg.norm(grad - gradapprox) / ({SIZES})": (
            "np.mean(np.abs(grad - gradapprox) / (np.abs(grad) + np.abs(gradapprox) + 1e-30))"
        )
    },
)
vector_ratio_bracket = edited(
    "gradient_check_n",
    "ratio_bracket",
    "Only the first norm divides, the second one is added to the quotient.",
    "Division binds tighter than addition.",
    "Count the parentheses of the denominator.",
    replace={f"({SIZES})": SIZES},
)
vector_returns_slopes = edited(
    "gradient_check_n",
    "returns_slopes",
    "The measured slopes are returned instead of the relative difference.",
    "The slopes are one half of the comparison.",
    "Look at what is returned.",
    replace={f"np.linalg.norm(grad - gradapprox) / ({SIZES})": "gradapprox"},
)
