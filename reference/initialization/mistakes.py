"""What goes wrong in the initialization assignment, and what helps.

Forgetting the seed altogether is not listed: what such a file returns depends on the box's own generator, so
no list of numbers can know it.
"""

import numpy as np

from grader.course.declare import edited, mistake

from .solution import activate

KEYS = "Layer l has the keys Wl and bl, and the first layer that has weights is layer 1: the input has none."
LAYERS = "layers_dims names the input too, so a network of L layers has a list of L + 1 numbers."
SHAPE = "Wl multiplies a column of n_{l-1} numbers and gives one of n_l: that fixes its rows and columns."
STREAM = "A generator is a fixed sequence of numbers: who draws once more, or in another order, gets others."

# --- zeros ------------------------------------------------------------------------------------------------

zeros_transposed = edited(
    "initialize_parameters_zeros",
    "zeros_transposed",
    "The weight matrices have rows and columns exchanged.",
    SHAPE,
    "Compare the shape asked for in the docstring with the order of the two sizes in your call.",
    replace={"(layers_dims[l], layers_dims[l - 1])": "(layers_dims[l - 1], layers_dims[l])"},
)

zeros_flat_biases = edited(
    "initialize_parameters_zeros",
    "zeros_flat_biases",
    "The biases are one-dimensional arrays instead of columns.",
    "An array of shape (n,) is neither a row nor a column, and broadcasts along the wrong axis when n "
    "equals m.",
    "Give the biases two dimensions: n_l rows and one column.",
    replace={"np.zeros((layers_dims[l], 1))": "np.zeros(layers_dims[l])"},
)

zeros_bias_rows = edited(
    "initialize_parameters_zeros",
    "zeros_bias_rows",
    "The biases are rows instead of columns.",
    "A bias holds one number per unit, and units are rows everywhere in this network.",
    "Look at which of the two sizes of b is 1.",
    replace={"np.zeros((layers_dims[l], 1))": "np.zeros((1, layers_dims[l]))"},
)

zeros_keys_from_zero = edited(
    "initialize_parameters_zeros",
    "zeros_keys_from_zero",
    "The keys count the layers from 0 instead of from 1.",
    KEYS,
    "Print the keys that you return for [3, 2, 1].",
    replace={'f"W{l}"': 'f"W{l - 1}"', 'f"b{l}"': 'f"b{l - 1}"'},
)

zeros_last_layer_missing = edited(
    "initialize_parameters_zeros",
    "zeros_last_layer_missing",
    "The last layer has no parameters.",
    LAYERS,
    "Check the last value that your loop variable takes: the end of a range is not part of it.",
    replace={"range(1, len(layers_dims))": "range(1, len(layers_dims) - 1)"},
)

zeros_bias_of_layer_before = edited(
    "initialize_parameters_zeros",
    "zeros_bias_of_layer_before",
    "The biases have the size of the layer before theirs.",
    "A bias is added to what its own layer computes, so it has one entry per unit of that layer.",
    "Look at the index with which you take the size of b.",
    replace={"np.zeros((layers_dims[l], 1))": "np.zeros((layers_dims[l - 1], 1))"},
)

zeros_are_ones = edited(
    "initialize_parameters_zeros",
    "zeros_are_ones",
    "The parameters start at one instead of zero.",
    "This first initialisation is meant to show what happens when every weight is zero.",
    "Check which array constructor you call.",
    replace={"np.zeros": "np.ones"},
)

zeros_small_random = edited(
    "initialize_parameters_zeros",
    "zeros_small_random",
    "The weights are small random numbers instead of zero.",
    "Random weights come in the next exercise; here no number is drawn at all.",
    "Look at how each W is made.",
    replace={
        "np.zeros((layers_dims[l], layers_dims[l - 1]))": (
            "np.random.RandomState(3).randn(layers_dims[l], layers_dims[l - 1]) * 0.01"
        )
    },
)

# --- random -----------------------------------------------------------------------------------------------

random_not_scaled = edited(
    "initialize_parameters_random",
    "random_not_scaled",
    "The weights are standard normal numbers that were not made larger.",
    "The point of this initialisation is that its weights are far too large.",
    "Read by which number the docstring multiplies.",
    replace={" * 10": " * 1"},
)

random_made_small = edited(
    "initialize_parameters_random",
    "random_made_small",
    "The weights were multiplied by 0.01 instead of being made large.",
    "Small weights are what a first network often starts from; this exercise wants the opposite extreme.",
    "Read by which number the docstring multiplies.",
    replace={" * 10": " * 0.01"},
)

random_divided = edited(
    "initialize_parameters_random",
    "random_divided",
    "The weights were divided by ten instead of multiplied.",
    "The point of this initialisation is that its weights are far too large.",
    "Check the operator between the numbers drawn and the constant.",
    replace={" * 10": " / 10"},
)

random_uniform = edited(
    "initialize_parameters_random",
    "random_uniform",
    "The weights are uniform numbers between 0 and 10 instead of normal ones.",
    "Weights that are all positive push every unit in the same direction; normal numbers are spread "
    "around zero.",
    "Two of numpy's functions have names that differ by one letter.",
    replace={"np.random.randn(": "np.random.rand("},
)

random_drawn_biases = edited(
    "initialize_parameters_random",
    "random_drawn_biases",
    "The biases are drawn at random too, which also moves the weights of every later layer.",
    "Biases need no randomness: the weights already make the units differ. " + STREAM,
    "Count the calls of the generator per layer: there is one.",
    replace={"np.zeros((layers_dims[l], 1))": "np.random.randn(layers_dims[l], 1)"},
)

random_seed_in_loop = edited(
    "initialize_parameters_random",
    "random_seed_in_loop",
    "The generator is seeded again for every layer, so that all layers start with the same numbers.",
    STREAM + " Seeding goes back to its beginning.",
    "Look at whether the call that seeds is inside the loop.",
    replace={
        "    np.random.seed(3)\n    parameters = {}": "    parameters = {}",
        "len(layers_dims)):": "len(layers_dims)):\n        np.random.seed(3)",
    },
)

random_other_generator = edited(
    "initialize_parameters_random",
    "random_other_generator",
    "The numbers come from np.random.default_rng, which does not draw what np.random.randn draws.",
    "numpy's older functions and its newer generators draw different numbers from the same seed.",
    "Read in the docstring which function seeds and which one draws.",
    replace={
        "np.random.seed(3)": "generator = np.random.default_rng(3)",
        "np.random.randn(layers_dims[l], layers_dims[l - 1])": (
            "generator.standard_normal((layers_dims[l], layers_dims[l - 1]))"
        ),
    },
)

random_times_a_hundred = edited(
    "initialize_parameters_random",
    "random_times_a_hundred",
    "The weights are ten times larger than asked.",
    "How large is large enough is part of the task here, so that everybody gets the same numbers.",
    "Read by which number the docstring multiplies.",
    replace={" * 10": " * 100"},
)

random_other_seed = edited(
    "initialize_parameters_random",
    "random_other_seed",
    "The weights are those of seed 1, not of the seed that the task names.",
    "The seed is part of this task: with another one the numbers are just as random, but not the same.",
    "Read the docstring's first step again.",
    replace={"np.random.seed(3)": "np.random.seed(1)"},
)

random_transposed = edited(
    "initialize_parameters_random",
    "random_transposed",
    "The weight matrices have rows and columns exchanged.",
    SHAPE,
    "Compare the shape asked for in the docstring with the order of the two sizes in your call.",
    replace={"randn(layers_dims[l], layers_dims[l - 1])": "randn(layers_dims[l - 1], layers_dims[l])"},
)

random_last_layer_missing = edited(
    "initialize_parameters_random",
    "random_last_layer_missing",
    "The last layer has no parameters.",
    LAYERS,
    "Check the last value that your loop variable takes: the end of a range is not part of it.",
    replace={"range(1, len(layers_dims))": "range(1, len(layers_dims) - 1)"},
)

random_keys_from_zero = edited(
    "initialize_parameters_random",
    "random_keys_from_zero",
    "The keys count the layers from 0 instead of from 1.",
    KEYS,
    "Print the keys that you return for [3, 2, 1].",
    replace={'f"W{l}"': 'f"W{l - 1}"', 'f"b{l}"': 'f"b{l - 1}"'},
)

random_flat_biases = edited(
    "initialize_parameters_random",
    "random_flat_biases",
    "The biases are one-dimensional arrays instead of columns.",
    "An array of shape (n,) is neither a row nor a column, and broadcasts along the wrong axis when n "
    "equals m.",
    "Give the biases two dimensions: n_l rows and one column.",
    replace={"np.zeros((layers_dims[l], 1))": "np.zeros(layers_dims[l])"},
)

# --- He ---------------------------------------------------------------------------------------------------

he_is_xavier = edited(
    "initialize_parameters_he",
    "he_is_xavier",
    "The weights have the variance 1 / n instead of 2 / n.",
    "ReLU throws away the negative half of its input, and with it half of the signal's mean square; "
    "the factor 2 "
    "makes up for that.",
    "Look at the numerator under the root.",
    replace={"np.sqrt(2 / layers_dims[l - 1])": "np.sqrt(1 / layers_dims[l - 1])"},
)

he_own_units = edited(
    "initialize_parameters_he",
    "he_own_units",
    "The weights are scaled by the number of units of their own layer instead of the number of their inputs.",
    "A unit adds up one term for each of its inputs, so it is their number that makes the sum large.",
    "Look at which entry of layers_dims stands under the root.",
    replace={"np.sqrt(2 / layers_dims[l - 1])": "np.sqrt(2 / layers_dims[l])"},
)

he_no_root = edited(
    "initialize_parameters_he",
    "he_no_root",
    "The weights are multiplied by the variance instead of the standard deviation.",
    "Multiplying a random number by c multiplies its variance by c squared.",
    "Ask what the factor must be for the variance of W to become 2 / n.",
    replace={"np.sqrt(2 / layers_dims[l - 1])": "(2 / layers_dims[l - 1])"},
)

he_root_of_the_two_only = edited(
    "initialize_parameters_he",
    "he_root_of_the_two_only",
    "The square root covers only a part of the fraction 2 / n.",
    "The standard deviation is the root of the whole variance, numerator and denominator.",
    "Check where the bracket of the square root closes.",
    replace={"np.sqrt(2 / layers_dims[l - 1])": "np.sqrt(2) / layers_dims[l - 1]"},
)

he_two_outside_the_root = edited(
    "initialize_parameters_he",
    "he_two_outside_the_root",
    "The factor 2 multiplies the root instead of standing under it.",
    "The variance is 2 / n; its root has only the root of 2 in front of 1 / sqrt(n).",
    "Check where the bracket of the square root opens.",
    replace={"np.sqrt(2 / layers_dims[l - 1])": "2 * np.sqrt(1 / layers_dims[l - 1])"},
)

he_root_inverted = edited(
    "initialize_parameters_he",
    "he_root_inverted",
    "The weights grow with the number of inputs instead of shrinking.",
    "The more terms a unit adds up, the smaller each of them has to be.",
    "Look at whether you multiply or divide by the root, and which way up the fraction under it is.",
    replace={"* scale": "/ scale"},
)

he_glorot = edited(
    "initialize_parameters_he",
    "he_glorot",
    "The variance counts the inputs and the units of the layer together instead of its inputs alone.",
    "He et al. look at the forward direction only, where a unit adds up its inputs.",
    "Look at what you divide by under the root.",
    replace={"2 / layers_dims[l - 1]": "2 / (layers_dims[l - 1] + layers_dims[l])"},
)

he_not_scaled = edited(
    "initialize_parameters_he",
    "he_not_scaled",
    "The weights are the numbers drawn, without any scaling.",
    "Without scaling, the activations grow by about sqrt(n / 2) in every layer.",
    "Look at what happens to the numbers between drawing and storing them.",
    replace={" * scale": ""},
)

he_still_times_ten = edited(
    "initialize_parameters_he",
    "he_still_times_ten",
    "The weights are still multiplied by ten on top of the He scaling.",
    "The large factor belonged to the exercise before; here the root alone sets the size.",
    "Look for a constant left over from a copied line.",
    replace={" * scale": " * 10 * scale"},
)

he_drawn_biases = edited(
    "initialize_parameters_he",
    "he_drawn_biases",
    "The biases are drawn at random too, which also moves the weights of every later layer.",
    "Biases need no randomness: the weights already make the units differ. " + STREAM,
    "Count the calls of the generator per layer: there is one.",
    replace={"np.zeros((layers_dims[l], 1))": "np.random.randn(layers_dims[l], 1) * scale"},
)

he_first_layer_everywhere = edited(
    "initialize_parameters_he",
    "he_first_layer_everywhere",
    "Every layer is scaled by the number of the network's inputs instead of its own.",
    "The factor belongs to one layer: what counts is how many numbers its units add up.",
    "Look at whether the index under the root moves with the loop.",
    replace={"np.sqrt(2 / layers_dims[l - 1])": "np.sqrt(2 / layers_dims[0])"},
)

he_other_generator = edited(
    "initialize_parameters_he",
    "he_other_generator",
    "The numbers come from np.random.default_rng, which does not draw what np.random.randn draws.",
    "numpy's older functions and its newer generators draw different numbers from the same seed.",
    "Read in the docstring which function seeds and which one draws.",
    replace={
        "np.random.seed(3)": "generator = np.random.default_rng(3)",
        "np.random.randn(layers_dims[l], layers_dims[l - 1])": (
            "generator.standard_normal((layers_dims[l], layers_dims[l - 1]))"
        ),
    },
)

he_uniform = edited(
    "initialize_parameters_he",
    "he_uniform",
    "The numbers drawn are uniform between 0 and 1, so no weight is negative.",
    "Weights of one sign push every unit in the same direction; normal numbers lie on both sides of zero.",
    "Two functions of numpy differ by one letter: which of them draws normal numbers?",
    replace={"np.random.randn(": "np.random.rand("},
)

he_whole_division = edited(
    "initialize_parameters_he",
    "he_whole_division",
    "The variance is rounded down to a whole number, so the weights of most layers are zero.",
    "The quotient of two whole numbers is seldom a whole one.",
    "Look at which of Python's two divisions stands under the root.",
    replace={"2 / layers_dims[l - 1]": "2 // layers_dims[l - 1]"},
)

he_seed_in_loop = edited(
    "initialize_parameters_he",
    "he_seed_in_loop",
    "The generator is seeded again for every layer, so that all layers start with the same numbers.",
    STREAM + " Seeding goes back to its beginning.",
    "Look at whether the call that seeds is inside the loop.",
    replace={
        "    np.random.seed(3)\n    parameters = {}": "    parameters = {}",
        "len(layers_dims)):": "len(layers_dims)):\n        np.random.seed(3)",
    },
)

he_last_layer_missing = edited(
    "initialize_parameters_he",
    "he_last_layer_missing",
    "The last layer has no parameters.",
    LAYERS,
    "Check the last value that your loop variable takes: the end of a range is not part of it.",
    replace={"range(1, len(layers_dims))": "range(1, len(layers_dims) - 1)"},
)

# --- Xavier -----------------------------------------------------------------------------------------------

xavier_is_he = edited(
    "initialize_parameters_xavier",
    "xavier_is_he",
    "The weights have the variance 2 / n instead of 1 / n.",
    "Around zero tanh hardly changes its input, so nothing has to be made up for as with ReLU.",
    "Look at the numerator under the root.",
    replace={"np.sqrt(1 / layers_dims[l - 1])": "np.sqrt(2 / layers_dims[l - 1])"},
)

xavier_glorot = edited(
    "initialize_parameters_xavier",
    "xavier_glorot",
    "The variance is 2 / (inputs + units), the other form of Xavier's rule.",
    "That form balances the forward and the backward direction; this exercise asks for the forward "
    "one alone.",
    "Read in the docstring which sizes the variance depends on.",
    replace={"1 / layers_dims[l - 1]": "2 / (layers_dims[l - 1] + layers_dims[l])"},
)

xavier_own_units = edited(
    "initialize_parameters_xavier",
    "xavier_own_units",
    "The weights are scaled by the number of units of their own layer instead of the number of their inputs.",
    "A unit adds up one term for each of its inputs, so it is their number that makes the sum large.",
    "Look at which entry of layers_dims stands under the root.",
    replace={"np.sqrt(1 / layers_dims[l - 1])": "np.sqrt(1 / layers_dims[l])"},
)

xavier_no_root = edited(
    "initialize_parameters_xavier",
    "xavier_no_root",
    "The weights are multiplied by the variance instead of the standard deviation.",
    "Multiplying a random number by c multiplies its variance by c squared.",
    "Ask what the factor must be for the variance of W to become 1 / n.",
    replace={"np.sqrt(1 / layers_dims[l - 1])": "(1 / layers_dims[l - 1])"},
)

xavier_not_scaled = edited(
    "initialize_parameters_xavier",
    "xavier_not_scaled",
    "The weights are the numbers drawn, without any scaling.",
    "Without scaling, the sums grow with the number of inputs until tanh saturates.",
    "Look for the factor that makes the variance 1 / n.",
    replace={" * scale": ""},
)

xavier_root_inverted = edited(
    "initialize_parameters_xavier",
    "xavier_root_inverted",
    "The weights grow with the number of inputs instead of shrinking.",
    "The more terms a unit adds up, the smaller each of them has to be.",
    "Look at whether you multiply or divide by the root.",
    replace={"* scale": "/ scale"},
)

xavier_other_generator = edited(
    "initialize_parameters_xavier",
    "xavier_other_generator",
    "The numbers come from np.random.default_rng, which does not draw what np.random.randn draws.",
    "numpy's older functions and its newer generators draw different numbers from the same seed.",
    "Read in the docstring which function seeds and which one draws.",
    replace={
        "np.random.seed(3)": "generator = np.random.default_rng(3)",
        "np.random.randn(layers_dims[l], layers_dims[l - 1])": (
            "generator.standard_normal((layers_dims[l], layers_dims[l - 1]))"
        ),
    },
)

xavier_zero_to_one = edited(
    "initialize_parameters_xavier",
    "xavier_zero_to_one",
    "The numbers drawn are uniform between 0 and 1, so no weight is negative.",
    "Weights of one sign push every unit in the same direction; normal numbers lie on both sides of zero.",
    "Two functions of numpy differ by one letter: which of them draws normal numbers?",
    replace={"np.random.randn(": "np.random.rand("},
)

xavier_drawn_biases = edited(
    "initialize_parameters_xavier",
    "xavier_drawn_biases",
    "The biases are drawn at random too, which also moves the weights of every later layer.",
    "Biases need no randomness: the weights already make the units differ. " + STREAM,
    "Count the calls of the generator per layer: there is one.",
    replace={"np.zeros((layers_dims[l], 1))": "np.random.randn(layers_dims[l], 1) * scale"},
)


@mistake(
    "initialize_parameters_xavier",
    "The weights are uniform numbers between two limits instead of scaled normal ones.",
    "Xavier's rule fixes the variance; this task also fixes from which distribution the numbers come.",
    "Read in the docstring which of numpy's functions draws.",
)
def xavier_uniform(layers_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layers_dims)):
        limit = np.sqrt(3 / layers_dims[l - 1])
        parameters[f"W{l}"] = np.random.uniform(-limit, limit, (layers_dims[l], layers_dims[l - 1]))
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    return parameters


# --- activation scale -------------------------------------------------------------------------------------

ENTRIES = (
    "One number per layer: all entries of the layer's activations are one sample, whatever row they stand in."
)

scale_is_variance = edited(
    "activation_scale",
    "scale_is_variance",
    "The variance is returned instead of the standard deviation.",
    "A standard deviation has the unit of the activations themselves, a variance that of their squares.",
    "Look at the last thing that happens to the number before it is stored.",
    replace={"np.std(A)": "np.var(A)"},
)

scale_ddof = edited(
    "activation_scale",
    "scale_ddof",
    "The sum of squares is divided by one less than the number of entries.",
    "Here nothing is estimated from a sample: the spread of just these numbers is asked for.",
    "Look at the ddof that you use, or at the denominator of your own formula.",
    replace={"float(np.std(A))": "float(np.sqrt(np.sum((A - np.mean(A)) ** 2) / max(A.size - 1, 1)))"},
)

scale_about_zero = edited(
    "activation_scale",
    "scale_about_zero",
    "The root mean square is returned, without taking off the mean first.",
    "A layer whose outputs are all 5 has a large mean square and yet no spread at all.",
    "Check from which point the deviations are measured.",
    replace={"np.std(A)": "np.sqrt(np.mean(A ** 2))"},
)

scale_before_activation = edited(
    "activation_scale",
    "scale_before_activation",
    "The spread is measured before the activation function instead of after it.",
    "Z is what a unit adds up, A what it passes on; the scale of the activations is asked for.",
    "Look at which of the two arrays you measure.",
    replace={"np.std(A)": "np.std(Z)"},
)

scale_linear_everywhere = edited(
    "activation_scale",
    "scale_linear_everywhere",
    "The activation function is never applied.",
    "Without it the network is linear, whatever activation was asked for.",
    "Follow Z: does it pass through the given helper before the next layer sees it?",
    replace={"A = activate(Z, activation)": "A = Z"},
)

scale_no_bias = edited(
    "activation_scale",
    "scale_no_bias",
    "The biases are not added.",
    "Most initialisations start biases at zero, yet the function has to serve trained networks too.",
    "Compare your line for Z with the one in the docstring.",
    replace={' + parameters[f"b{l}"]': ""},
)

scale_bias_after_activation = edited(
    "activation_scale",
    "scale_bias_after_activation",
    "The bias is added after the activation function instead of before it.",
    "A bias shifts the point at which a unit switches on, so it belongs inside the activation.",
    "Look at the order of the two steps.",
    replace={
        ' + parameters[f"b{l}"]': "",
        "A = activate(Z, activation)": 'A = activate(Z, activation) + parameters[f"b{l}"]',
    },
)

scale_mean_of_units = edited(
    "activation_scale",
    "scale_mean_of_units",
    "The spread is measured for each unit over the examples, and then averaged over the units.",
    ENTRIES,
    "Look at the axis along which you measure.",
    replace={"np.std(A)": "np.mean(np.std(A, axis=1))"},
)

scale_mean_of_examples = edited(
    "activation_scale",
    "scale_mean_of_examples",
    "The spread is measured for each example over the units, and then averaged over the examples.",
    ENTRIES,
    "Look at the axis along which you measure.",
    replace={"np.std(A)": "np.mean(np.std(A, axis=0))"},
)

scale_of_absolute = edited(
    "activation_scale",
    "scale_of_absolute",
    "The mean absolute value is returned instead of the standard deviation.",
    "Both measure size, but not the same one: a standard deviation squares, averages and takes the root.",
    "Look at the function that makes one number of the layer.",
    replace={"np.std(A)": "np.mean(np.abs(A))"},
)

scale_last_only = edited(
    "activation_scale",
    "scale_last_only",
    "One number is returned, that of the last layer, instead of one for each layer.",
    "What happens along the way shows only when all layers are listed.",
    "Look at what the loop keeps, and at what is returned after it.",
    replace={"return scales": "return scales[-1]"},
)

scale_is_norm = edited(
    "activation_scale",
    "scale_is_norm",
    "The norm of the activations is returned instead of their standard deviation.",
    "A norm grows with the number of entries and does not take off the mean.",
    "Compare the two measures of this assignment: one is about spread, one about length.",
    replace={"np.std(A)": "np.linalg.norm(A)"},
)

scale_with_input = edited(
    "activation_scale",
    "scale_with_input",
    "The list begins with the spread of the input, which is no layer.",
    "The network has L layers with weights, and the result one number for each of them.",
    "Look at what is in the list before the loop begins.",
    replace={"scales = []": "scales = [float(np.std(A))]"},
)


@mistake(
    "activation_scale",
    "The activation is left out on the last layer.",
    "Many networks end in a layer of another kind, but here every layer has the same activation.",
    "Look for a special case after your loop.",
)
def scale_last_layer_linear(X, parameters, activation):
    A = X
    scales = []
    L = len(parameters) // 2
    for l in range(1, L + 1):
        A = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = activate(A, activation) if l < L else A
        scales.append(float(np.std(A)))
    return scales


scale_last_layer_missing = edited(
    "activation_scale",
    "scale_last_layer_missing",
    "The last layer has no entry in the list.",
    "Each layer has two parameters, so their number tells how many layers there are.",
    "Check the last value that your loop variable takes: the end of a range is not part of it.",
    replace={"len(parameters) // 2 + 1": "len(parameters) // 2"},
)

scale_relu_only = edited(
    "activation_scale",
    "scale_relu_only",
    "ReLU is applied whatever activation was asked for.",
    "The name of the activation is an argument, and the cases ask for all three of them.",
    "Look at whether the argument reaches the place where the activation is applied.",
    replace={"activate(Z, activation)": 'activate(Z, "relu")'},
)

# --- gradient scale ---------------------------------------------------------------------------------------

CHAIN = "Going back through a layer undoes its steps in reverse: first the activation, then the weights."

gradient_no_mean = edited(
    "gradient_scale",
    "gradient_no_mean",
    "The gradients are sums over the examples instead of means.",
    "The loss divides by m, so its gradient does.",
    "Differentiate J by one entry of A_L and compare with the point where you start to go back.",
    replace={"dA = A[L] / m": "dA = A[L]"},
)

gradient_mean_twice = edited(
    "gradient_scale",
    "gradient_mean_twice",
    "The gradients are divided by the number of examples twice.",
    "The mean is part of the loss, so 1/m enters once, where going back begins.",
    "Look for a second division by m, for instance where dW is formed.",
    replace={"dW = np.dot(dZ, A[l - 1].T)": "dW = np.dot(dZ, A[l - 1].T) / m"},
)

gradient_starts_at_one = edited(
    "gradient_scale",
    "gradient_starts_at_one",
    "Going back begins as if the loss were the sum of the outputs instead of half of their squares.",
    "The derivative of half a square is the number itself.",
    "Look at dA for the last layer.",
    replace={"dA = A[L] / m": "dA = np.ones_like(A[L]) / m"},
)

gradient_half_kept = edited(
    "gradient_scale",
    "gradient_half_kept",
    "Every gradient is half as large as it should be.",
    "The 0.5 of the loss is there to cancel the 2 that a square leaves behind when it is differentiated.",
    "Look at dA for the last layer.",
    replace={"dA = A[L] / m": "dA = 0.5 * A[L] / m"},
)

gradient_doubled = edited(
    "gradient_scale",
    "gradient_doubled",
    "Every gradient is twice as large as it should be.",
    "The loss has a factor 0.5, which cancels the 2 that a square leaves behind when it is differentiated.",
    "Look at dA for the last layer.",
    replace={"dA = A[L] / m": "dA = 2 * A[L] / m"},
)

gradient_no_derivative = edited(
    "gradient_scale",
    "gradient_no_derivative",
    "The way back does not pass through the activation functions.",
    CHAIN,
    "Look for the factor g'(Z) in each layer.",
    replace={"dZ = dA * (A[l] > 0)": "dZ = dA", "dZ = dA * (1 - A[l] ** 2)": "dZ = dA"},
)


@mistake(
    "gradient_scale",
    "The last layer's activation is left out on the way back.",
    "Here the last layer has the same activation as the others, so its derivative is needed too.",
    "Look at how dZ of layer L is formed.",
)
def gradient_last_layer_linear(X, parameters, activation):
    L, m = len(parameters) // 2, X.shape[1]
    A = [X]
    for l in range(1, L + 1):
        A.append(activate(parameters[f"W{l}"] @ A[l - 1] + parameters[f"b{l}"], activation))
    scales = [0.0] * L
    dZ = A[L] / m
    for l in range(L, 0, -1):
        scales[l - 1] = float(np.linalg.norm(dZ @ A[l - 1].T))
        dA = parameters[f"W{l}"].T @ dZ
        dZ = dA * {"relu": A[l - 1] > 0, "tanh": 1 - A[l - 1] ** 2}.get(activation, 1)
    return scales


gradient_tanh_unsquared = edited(
    "gradient_scale",
    "gradient_tanh_unsquared",
    "The derivative of tanh is taken as one minus its value, without the square.",
    "The slope of tanh is the same on both sides of zero, which one minus its value is not.",
    "Look at the line for tanh on the way back.",
    replace={"(1 - A[l] ** 2)": "(1 - A[l])"},
)

gradient_tanh_of_sum = edited(
    "gradient_scale",
    "gradient_tanh_of_sum",
    "The derivative of tanh is formed from Z itself where the value of tanh belongs.",
    "The slope of tanh lies between 0 and 1, while one minus the square of Z can be anything below 1.",
    "Look at what is squared in the line for tanh.",
    replace={"1 - A[l] ** 2": '1 - (np.dot(parameters[f"W{l}"], A[l - 1]) + parameters[f"b{l}"]) ** 2'},
)

gradient_mean_over_inputs = edited(
    "gradient_scale",
    "gradient_mean_over_inputs",
    "The loss is divided by the number of inputs instead of by the number of examples.",
    "Examples are the columns of X.",
    "Look at which size of X is used for m.",
    replace={"X.shape[1]": "X.shape[0]"},
)

gradient_tanh_as_sigmoid = edited(
    "gradient_scale",
    "gradient_tanh_as_sigmoid",
    "The derivative of tanh is taken as a * (1 - a), which is the sigmoid's.",
    "At zero tanh has the slope 1, and a * (1 - a) has the value 0 there.",
    "Look at the line for tanh on the way back.",
    replace={"(1 - A[l] ** 2)": "(A[l] * (1 - A[l]))"},
)

gradient_relu_at_zero = edited(
    "gradient_scale",
    "gradient_relu_at_zero",
    "ReLU passes gradients back where its output is zero.",
    "Where the output does not depend on the input, nothing flows back; at exactly zero the docstring "
    "says 0 too.",
    "Look at the comparison in the line for ReLU.",
    replace={"(A[l] > 0)": "(A[l] >= 0)"},
)


@mistake(
    "gradient_scale",
    "A unit of ReLU passes gradients back where its input is exactly zero.",
    "At that one point the derivative is a convention, and the docstring says which: 0.",
    "Look at the comparison in the line for ReLU.",
)
def gradient_relu_kink(X, parameters, activation):
    L, m = len(parameters) // 2, X.shape[1]
    A, Z = [X], [X]
    for l in range(1, L + 1):
        Z.append(parameters[f"W{l}"] @ A[l - 1] + parameters[f"b{l}"])
        A.append(activate(Z[l], activation))
    scales = [0.0] * L
    dA = A[L] / m
    for l in range(L, 0, -1):
        dZ = dA * {"relu": Z[l] >= 0, "tanh": 1 - A[l] ** 2}.get(activation, 1)
        scales[l - 1] = float(np.linalg.norm(dZ @ A[l - 1].T))
        dA = parameters[f"W{l}"].T @ dZ
    return scales


gradient_carries_on_unactivated = edited(
    "gradient_scale",
    "gradient_carries_on_unactivated",
    "What is passed back to the layer before skips the derivative of the activation.",
    CHAIN,
    "Look at which array the transposed weights multiply.",
    replace={'np.dot(parameters[f"W{l}"].T, dZ)': 'np.dot(parameters[f"W{l}"].T, dA)'},
)

gradient_squared_norm = edited(
    "gradient_scale",
    "gradient_squared_norm",
    "The sum of squares is returned without its root.",
    "A norm has the unit of the gradient itself: twice the gradient has twice the norm.",
    "Look at how the matrix becomes one number.",
    replace={"float(np.linalg.norm(dW))": "float(np.sum(dW**2))"},
)

gradient_spectral_norm = edited(
    "gradient_scale",
    "gradient_spectral_norm",
    "The largest singular value is returned instead of the Frobenius norm.",
    "The Frobenius norm treats the matrix as one long vector.",
    "Look at the order that you ask of the norm.",
    replace={"np.linalg.norm(dW)": "np.linalg.norm(dW, 2)"},
)

gradient_spread = edited(
    "gradient_scale",
    "gradient_spread",
    "The standard deviation of the gradient is returned instead of its norm.",
    "The exercise before measured spread; here the size of the whole step is asked for, whatever its mean.",
    "Look at how the matrix becomes one number.",
    replace={"np.linalg.norm(dW)": "np.std(dW)"},
)

gradient_of_activations = edited(
    "gradient_scale",
    "gradient_of_activations",
    "The norms are those of dZ instead of dW.",
    "dZ belongs to what the units add up; the gradient of the weights also needs what came in.",
    "Look at which array you measure.",
    replace={"np.linalg.norm(dW)": "np.linalg.norm(dZ)"},
)

gradient_order_reversed = edited(
    "gradient_scale",
    "gradient_order_reversed",
    "The list begins with the last layer.",
    "Going back meets layer L first, but the result lists layer 1 first.",
    "Look at the order in which the list is filled.",
    replace={"scales[l - 1] = ": "scales[L - l] = "},
)

gradient_no_bias = edited(
    "gradient_scale",
    "gradient_no_bias",
    "The biases are not added on the way forward.",
    "The activations enter every gradient, so a mistake on the way forward shows on the way back.",
    "Compare your line for Z with the one in the docstring.",
    replace={' + parameters[f"b{l}"]': ""},
)
