"""What goes wrong with the framework, and the hint that each mistake deserves."""

import math

import torch

from grader.course.declare import edited, mistake

# ----------------------------------------------------------------------------------------- linear_function

linear_entry_by_entry = edited(
    "linear_function",
    "entry_by_entry",
    "W and X are multiplied entry by entry, not as matrices.",
    "Each unit weighs all inputs of an example and adds them up: a row of W times a column of X.",
    "torch has one operator for products entry by entry and another for products of matrices: which is this?",
    replace={"W @ X": "W * X"},
)

linear_without_b = edited(
    "linear_function",
    "without_b",
    "The bias is left out.",
    "A unit without a bias returns zero for an input of zeros, whatever it has learned.",
    "Look for b in the line that computes the result.",
    replace={"W @ X + b": "W @ X"},
)

linear_b_subtracted = edited(
    "linear_function",
    "b_subtracted",
    "The bias is subtracted.",
    "A large bias is meant to make a large output.",
    "Look at the sign in front of b.",
    replace={"W @ X + b": "W @ X - b"},
)

linear_b_as_a_row = edited(
    "linear_function",
    "b_as_a_row",
    "The bias is added as a row, one number for each example instead of one for each unit.",
    "b has as many entries as there are units, and every example gets the same b.",
    "Broadcasting stretches a column over the columns; what does it do with a row?",
    replace={"+ b": "+ b.reshape(1, -1)"},
)

linear_w_transposed = edited(
    "linear_function",
    "w_transposed",
    "W is transposed before the product, so that its columns act as the units.",
    "Row i of W belongs to unit i here; other conventions, torch.nn.Linear's among them, keep examples "
    "in rows.",
    "Write the shapes of W, X and the result side by side.",
    replace={"W @ X": "W.T @ X"},
)

linear_detached = edited(
    "linear_function",
    "detached",
    "The numbers are right, but the result is cut off from W, X and b: no gradient flows back through it.",
    "Autograd follows operations on tensors; it loses the track at .detach(), .data, .numpy() and "
    "torch.tensor().",
    "Stay with tensors from the arguments to the return, and make no new tensor from a tensor's numbers.",
    replace={"W @ X + b": "(W @ X + b).detach()"},
)

# ------------------------------------------------------------------------------------------------- sigmoid

sigmoid_falling = edited(
    "sigmoid",
    "falling",
    "The function falls from one to zero where the sigmoid rises.",
    "A large z makes exp(-z) small, and the sigmoid nearly one.",
    "Look at the sign in the exponent.",
    replace={"torch.sigmoid(z)": "1 / (1 + torch.exp(z))"},
)

sigmoid_tanh = edited(
    "sigmoid",
    "tanh",
    "The results lie between -1 and 1: this is tanh, not the sigmoid.",
    "Both have the same form; the sigmoid is tanh(z / 2), halved and lifted to lie between 0 and 1.",
    "Try z = 0: which of the two gives one half?",
    replace={"torch.sigmoid(z)": "torch.tanh(z)"},
)

sigmoid_softmax = edited(
    "sigmoid",
    "softmax",
    "The entries share a one among them: this is softmax, not the sigmoid.",
    "The sigmoid looks at each entry alone, so that changing one entry leaves the results of the others "
    "alone.",
    "Compare the results for a matrix and for one of its entries.",
    replace={"torch.sigmoid(z)": "torch.softmax(z, dim=0) if z.ndim else torch.ones_like(z)"},
)

sigmoid_logarithm = edited(
    "sigmoid",
    "logarithm",
    "The logarithm of the sigmoid is returned.",
    "Loss functions like to work with logarithms; an activation lies between 0 and 1.",
    "Look at the name of the function that you call.",
    replace={"torch.sigmoid(z)": "torch.nn.functional.logsigmoid(z)"},
)

sigmoid_without_one = edited(
    "sigmoid",
    "without_one",
    "The 1 in the denominator is missing, so that the result grows without bound.",
    "1 / exp(-z) is exp(z); it is the 1 beside it that keeps the quotient below one.",
    "Look at where the parentheses of the denominator begin and end.",
    replace={"torch.sigmoid(z)": "1 / torch.exp(-z)"},
)

sigmoid_detached = edited(
    "sigmoid",
    "detached",
    "The numbers are right, but the result is cut off from z: no gradient flows back through it.",
    "Autograd follows operations on tensors; it loses the track at .detach(), .data, .numpy() and "
    "torch.tensor().",
    "Stay with tensors from the argument to the return.",
    replace={"torch.sigmoid(z)": "torch.sigmoid(z).detach()"},
)

# ------------------------------------------------------------------------------------------ one_hot_matrix

one_hot_transposed = edited(
    "one_hot_matrix",
    "transposed",
    "The matrix has the examples in its rows and the classes in its columns.",
    "torch keeps examples in rows, this course keeps them in columns.",
    "Look at the shape that comes out for five examples of three classes.",
    replace={".T": ""},
)

one_hot_as_many_as_seen = edited(
    "one_hot_matrix",
    "as_many_as_seen",
    "There are as many rows as the largest label asks for, whatever C is.",
    "A batch need not have an example of every class, and batches have to fit one network.",
    "Look at what the number of rows is taken from.",
    replace={"one_hot(label, C)": "one_hot(label)"},
)

one_hot_reshaped = edited(
    "one_hot_matrix",
    "reshaped",
    "The matrix has the right shape but is reshaped where it should be transposed, so that columns are "
    "mixed.",
    "Reshaping keeps the order of the numbers in memory and breaks rows elsewhere; it does not turn rows "
    "into columns.",
    "Add up each column of a small example: each sum has to be one.",
    replace={".T.to": ".reshape(C, -1).to"},
)


@mistake(
    "one_hot_matrix",
    "The ones stand one row too high, and those of class 0 in the last row.",
    "Classes are counted from 0, as the rows of a tensor are.",
    "Look for a 1 that is added or subtracted where rows are chosen.",
)
def one_hot_from_one(label, C):
    matrix = torch.zeros(C, len(label), dtype=torch.float64)
    matrix[label - 1, torch.arange(len(label))] = 1
    return matrix


@mistake(
    "one_hot_matrix",
    "Every class that occurs has ones in all columns.",
    "matrix[label] picks whole rows; each example has a one in one column only.",
    "To pair the label of example i with column i both indices are needed.",
)
def one_hot_whole_rows(label, C):
    matrix = torch.zeros(C, len(label), dtype=torch.float64)
    matrix[label] = 1
    return matrix


# ----------------------------------------------------------------------------------- initialize_parameters

initialize_no_leaf = edited(
    "initialize_parameters",
    "no_leaf",
    "The weights are the result of a computation that autograd records: no leaves, so no optimizer takes "
    "them.",
    "A tensor that asks for its gradient passes the wish on: what is computed from it is no leaf any more.",
    "Finish the numbers first; let the finished tensor ask for its gradient.",
    replace={
        "n_in, dtype=torch.float64)": "n_in, dtype=torch.float64, requires_grad=True)",
        "W.requires_grad_()": "W",
    },
)

initialize_no_gradient = edited(
    "initialize_parameters",
    "no_gradient",
    "No parameter asks for its gradient, so that nothing can be learned.",
    "torch records what happens to a tensor only where the tensor asks for it.",
    "Look at requires_grad of each parameter.",
    replace={".requires_grad_()": "", ", requires_grad=True": ""},
)

initialize_only_weights = edited(
    "initialize_parameters",
    "only_weights_learn",
    "The biases do not ask for their gradients, so that only the weights can learn.",
    "A bias is learned as a weight is.",
    "Look at requires_grad of each parameter.",
    replace={", requires_grad=True": ""},
)

initialize_float32 = edited(
    "initialize_parameters",
    "float32",
    "The parameters hold float32 numbers, torch's default.",
    "A float32 matrix cannot be multiplied by a float64 one: torch raises an error instead of choosing.",
    "Look at what the functions that make tensors are told about their dtype.",
    replace={", dtype=torch.float64": ""},
)

initialize_seed_per_layer = edited(
    "initialize_parameters",
    "seed_per_layer",
    "The generator is seeded anew for every layer, so that all layers begin with the same random numbers.",
    "A seed fixes the whole sequence that follows; seeding again starts the sequence again.",
    "Look at whether the line that seeds is inside the loop.",
    replace={
        "    torch.manual_seed(seed)\n    parameters = {}": "    parameters = {}",
        "        n_in, n_out": "        torch.manual_seed(seed)\n        n_in, n_out",
    },
)

initialize_seed_ignored = edited(
    "initialize_parameters",
    "seed_ignored",
    "The seed is always the same, whatever is passed.",
    "An argument that the function does not read cannot have an effect.",
    "Look for a number where the name of an argument should be.",
    replace={"manual_seed(seed)": "manual_seed(3)"},
)

initialize_not_scaled = edited(
    "initialize_parameters",
    "not_scaled",
    "The weights are standard normal numbers as they are drawn, without the factor.",
    "With n inputs of size one, the sum has the size of the root of n: layer by layer the numbers grow.",
    "Look at what follows the draw.",
    replace={"math.sqrt(2 / n_in) * ": ""},
)

initialize_xavier = edited(
    "initialize_parameters",
    "half_the_variance",
    "The weights have the variance 1 / n, half of what layers with ReLU need.",
    "ReLU sets about half of the numbers to zero; the factor 2 makes up for them.",
    "Look at the numerator under the root.",
    replace={"math.sqrt(2 / n_in)": "math.sqrt(1 / n_in)"},
)

initialize_no_root = edited(
    "initialize_parameters",
    "no_root",
    "The weights are scaled by the variance instead of by its root.",
    "Multiplying numbers by a factor multiplies their variance by the square of the factor.",
    "Compare the standard deviation of a wide layer with the factor in the docstring.",
    replace={"math.sqrt(2 / n_in)": "(2 / n_in)"},
)

initialize_fan_out = edited(
    "initialize_parameters",
    "scaled_by_units",
    "The scale follows the number of units of the layer instead of the number of its inputs.",
    "A unit adds up its inputs; how many other units the layer has does not matter to it.",
    "Which of the two layer sizes is under the root?",
    replace={"2 / n_in": "2 / n_out"},
)

initialize_transposed = edited(
    "initialize_parameters",
    "transposed",
    "The weights have the shape (n_{l-1}, n_l), with the units in the columns.",
    "Row i of Wl belongs to unit i of layer l.",
    "Compare the order of the sizes in the draw with the docstring.",
    replace={"torch.randn(n_out, n_in": "torch.randn(n_in, n_out"},
)

initialize_flat_biases = edited(
    "initialize_parameters",
    "flat_biases",
    "The biases are flat, of shape (n,), where columns of shape (n, 1) are asked.",
    "Broadcasting takes a flat tensor for a row, and adds it along the examples.",
    "Look at the sizes with which the zeros are made.",
    replace={"torch.zeros(n_out, 1": "torch.zeros(n_out"},
)

initialize_last_layer = edited(
    "initialize_parameters",
    "last_layer_missing",
    "The last layer is missing.",
    "layers_dims has one entry more than there are layers, and range leaves its end out.",
    "Print the layer numbers that the loop visits, for layers_dims of length 3.",
    replace={"range(1, len(layers_dims))": "range(1, len(layers_dims) - 1)"},
)

initialize_drawn_biases = edited(
    "initialize_parameters",
    "drawn_biases",
    "The biases are random numbers too.",
    "Weights have to differ so that units can become different; biases may all begin at zero.",
    "Look at what the biases are made with.",
    replace={"torch.zeros(": "torch.randn("},
)


@mistake(
    "initialize_parameters",
    "The weights are spread evenly between 0 and 1, so that none is negative.",
    "Weights of one sign push all units in the same direction.",
    "torch.rand and torch.randn differ by one letter: which draws normal numbers?",
)
def initialize_uniform(layers_dims, seed):
    torch.manual_seed(seed)
    parameters = {}
    for l in range(1, len(layers_dims)):
        n_in, n_out = layers_dims[l - 1], layers_dims[l]
        W = math.sqrt(2 / n_in) * torch.rand(n_out, n_in, dtype=torch.float64)
        parameters[f"W{l}"] = W.requires_grad_()
        parameters[f"b{l}"] = torch.zeros(n_out, 1, dtype=torch.float64, requires_grad=True)
    return parameters


# ------------------------------------------------------------------------------------- forward_propagation

forward_relu_on_last = edited(
    "forward_propagation",
    "relu_on_last",
    "The last layer has a ReLU too, so that no logit is negative.",
    "Logits are any real numbers: a class that is out of the question has a very negative one.",
    "Look at which layers the loop visits, and what comes after it.",
    replace={"return linear_function(": "return torch.relu(linear_function(", '{L}"])': '{L}"]))'},
)

forward_softmax_at_the_end = edited(
    "forward_propagation",
    "softmax_at_the_end",
    "Probabilities are returned where logits are asked: the last layer ends with a softmax.",
    "The loss takes the softmax itself, in a way that stays finite; taken twice it flattens all differences.",
    "Look at what happens to the last Z before it is returned.",
    replace={
        "return linear_function(": "return torch.softmax(linear_function(",
        '{L}"])': '{L}"]), dim=0)',
    },
)

forward_sigmoid_at_the_end = edited(
    "forward_propagation",
    "sigmoid_at_the_end",
    "The last layer ends with a sigmoid where logits are asked.",
    "The network of weeks 1 and 2 had one; here the loss makes probabilities of the logits.",
    "Look at what happens to the last Z before it is returned.",
    replace={"return linear_function(": "return sigmoid(linear_function(", '{L}"])': '{L}"]))'},
)

forward_no_relu = edited(
    "forward_propagation",
    "no_relu",
    "No layer has a ReLU: the network is one linear function, however deep it is.",
    "A product of matrices is a matrix; what makes depth worth while is the function between the layers.",
    "Look at what is passed on from layer to layer: Z or A?",
    replace={'torch.relu(linear_function(parameters[f"W{l}"], A, parameters[f"b{l}"]))':
             'linear_function(parameters[f"W{l}"], A, parameters[f"b{l}"])'},
)  # fmt: skip

forward_tanh = edited(
    "forward_propagation",
    "tanh",
    "The hidden layers have tanh where ReLU is asked.",
    "ReLU leaves positive numbers as they are, whatever their size.",
    "Look at the name of the activation.",
    replace={"torch.relu(": "torch.tanh("},
)

forward_sigmoid = edited(
    "forward_propagation",
    "sigmoid",
    "The hidden layers have the sigmoid where ReLU is asked.",
    "ReLU leaves positive numbers as they are, whatever their size.",
    "Look at the name of the activation.",
    replace={"torch.relu(": "sigmoid("},
)

forward_last_layer_missing = edited(
    "forward_propagation",
    "last_layer_missing",
    "The last layer is missing: what is returned are activations of the layer before it.",
    "Layers are numbered 1 to L, and the last one stands apart from the others.",
    "Compare the number of rows that are returned with the number of classes.",
    replace={'linear_function(parameters[f"W{L}"], A, parameters[f"b{L}"])': "A"},
)

forward_from_x = edited(
    "forward_propagation",
    "always_from_x",
    "Every layer takes X as its input instead of what the layer before returned.",
    "A layer works on the activations below it; X is the input of the first layer only.",
    "Look at the second argument of the linear function inside the loop.",
    replace={'(parameters[f"W{l}"], A,': '(parameters[f"W{l}"], X,'},
)

forward_detached = edited(
    "forward_propagation",
    "detached",
    "The logits are right, but cut off from the parameters: no gradient flows back, and nothing can be "
    "learned.",
    "Autograd follows operations on tensors; it loses track at .detach(), .data, .numpy(), torch.tensor(), "
    "and under torch.no_grad().",
    "Stay with tensors from X to the logits, and make no new tensor from a tensor's numbers.",
    replace={"    L = len": "    parameters = {name: value.detach() for name, value in parameters.items()}\n"
             "    X = X.detach()\n    L = len"},
)  # fmt: skip


@mistake(
    "forward_propagation",
    "The network always has three layers, whatever the parameters hold.",
    "The number of layers belongs to the parameters that are given, not to the code.",
    "Each layer has two entries in the dictionary.",
)
def forward_three_layers(X, parameters):
    A1 = torch.relu(parameters["W1"] @ X + parameters["b1"])
    A2 = torch.relu(parameters["W2"] @ A1 + parameters["b2"])
    return parameters["W3"] @ A2 + parameters["b3"]


# -------------------------------------------------------------------------------------- compute_total_loss

loss_mean = edited(
    "compute_total_loss",
    "mean",
    "The mean over the examples is returned where their total is asked.",
    "Totals of batches add up to the total of an epoch, also when the batches differ in size; means do not.",
    "Most of torch's loss functions take a reduction, and mean is its default.",
    replace={"    return -(labels * torch.log_softmax(logits, dim=0)).sum()":
             "    return -(labels * torch.log_softmax(logits, dim=0)).sum() / labels.shape[1]"},
)  # fmt: skip

loss_mean_of_entries = edited(
    "compute_total_loss",
    "mean_of_entries",
    "The mean over all entries of the matrix is returned, over classes and examples.",
    "Only the entries of the true classes count, one for each example; their total is asked.",
    "Look at how the matrix becomes one number.",
    replace={".sum()": ".mean()"},
)

loss_over_examples = edited(
    "compute_total_loss",
    "over_examples",
    "The softmax runs along the rows, over the examples, instead of down the columns, over the classes.",
    "An example shares its one among the classes, and torch's loss functions expect examples in rows.",
    "Look at dim, or at which way round the two matrices are passed.",
    replace={"dim=0": "dim=1"},
)

loss_softmax_twice = edited(
    "compute_total_loss",
    "softmax_twice",
    "The softmax is taken twice, so that even a perfect answer costs much.",
    "torch's cross-entropy takes logits and does the softmax itself.",
    "What does the function that you call expect: logits, probabilities or their logarithms?",
    replace={"torch.log_softmax(logits, dim=0)": "torch.log_softmax(torch.softmax(logits, dim=0), dim=0)"},
)

loss_log_left_out = edited(
    "compute_total_loss",
    "log_left_out",
    "The probabilities of the true classes are added up without their logarithm.",
    "It is the logarithm that makes a confident wrong answer expensive.",
    "Some of torch's loss functions expect logarithms and take none themselves.",
    replace={"log_softmax": "softmax"},
)

loss_logits_as_they_are = edited(
    "compute_total_loss",
    "logits_as_log_probabilities",
    "The logits are taken for logarithms of probabilities: there is no softmax at all.",
    "Logits of a column may add up to anything; only the softmax makes probabilities of them.",
    "nll_loss and cross_entropy differ in just this.",
    replace={"torch.log_softmax(logits, dim=0)": "logits"},
)

loss_log_of_logits = edited(
    "compute_total_loss",
    "logits_as_probabilities",
    "The logarithm is taken of the logits, as if they were probabilities.",
    "A logit may be negative or large; a probability is what the softmax makes of it.",
    "Look at what the logarithm is applied to.",
    replace={"torch.log_softmax(logits, dim=0)": "torch.log(logits)"},
)

loss_log_of_softmax = edited(
    "compute_total_loss",
    "log_of_softmax",
    "The logarithm is taken after the softmax, so that the loss is infinite or NaN where a probability "
    "rounds to zero.",
    "The logarithm of a share is a difference of two ordinary numbers, even where the share itself is "
    "too small.",
    "torch has the two steps as one function.",
    replace={"torch.log_softmax(logits, dim=0)": "torch.log(torch.softmax(logits, dim=0))"},
)

loss_clamped = edited(
    "compute_total_loss",
    "clamped",
    "Probabilities are kept away from zero by a small number, which caps what a very wrong answer costs.",
    "A class a thousand below the best has a loss of a thousand; the logarithm of a small number ends "
    "far before.",
    "torch can take the logarithm of the softmax in one step, without a small number.",
    replace={"torch.log_softmax(logits, dim=0)": "torch.log(torch.softmax(logits, dim=0) + 1e-12)"},
)

loss_sign = edited(
    "compute_total_loss",
    "sign",
    "The sign is missing: the loss is negative and falls as the answers get worse.",
    "Logarithms of probabilities are negative, losses are not.",
    "Look at the sign in front of the sum.",
    replace={"return -(": "return ("},
)

loss_binary = edited(
    "compute_total_loss",
    "binary",
    "Each class is judged by itself with a sigmoid, as if an example could belong to several.",
    "Binary cross-entropy also asks every wrong class for its probability of not being true.",
    "Which loss belongs to exactly one true class out of C?",
    replace={"-(labels * torch.log_softmax(logits, dim=0)).sum()":
             'torch.nn.functional.binary_cross_entropy_with_logits(logits, labels, reduction="sum")'},
)  # fmt: skip

loss_for_each_example = edited(
    "compute_total_loss",
    "for_each_example",
    "A loss for each example is returned, not their total.",
    "An optimizer needs one number to follow downhill.",
    "Look at the dimension of the sum.",
    replace={".sum()": ".sum(dim=0)"},
)

loss_detached = edited(
    "compute_total_loss",
    "detached",
    "The number is right, but cut off from the logits: no gradient flows back from it.",
    ".item() and float() make a plain number, which remembers nothing of how it came about.",
    "Return the tensor; make a number of it only where it is printed.",
    replace={".sum()": ".sum().item()"},
)

# ---------------------------------------------------------------------------------------------- train_step

train_gradients_pile_up = edited(
    "train_step",
    "gradients_pile_up",
    "The gradients of earlier batches are still there: each step follows the sum of all gradients so far.",
    "backward adds to what .grad holds; it does not replace it.",
    "Which method of the optimizer forgets the gradients, and when is it called?",
    replace={"    optimizer.zero_grad()\n": ""},
)

train_no_step = edited(
    "train_step",
    "no_step",
    "The parameters stay as they were: no step is taken, or it finds no gradients.",
    "Training on a batch takes three calls: one computes the gradients, one uses them, and one forgets "
    "the old ones.",
    "Check that all three are there, and that gradients are not forgotten between being computed and "
    "being used.",
    replace={"    optimizer.step()\n": ""},
)

train_on_the_total = edited(
    "train_step",
    "on_the_total",
    "The total loss of the batch is followed and returned where the mean is asked, so that large batches "
    "make large steps.",
    "The cost J is the total divided by the number of examples.",
    "Look at what stands between the total loss and backward.",
    replace={" / X.shape[1]": ""},
)


@mistake(
    "train_step",
    "The mean loss is returned, but the step follows the total, so that large batches make large steps.",
    "The gradient of the mean is the gradient of the total divided by the number of examples.",
    "Which of the two numbers is backward called on?",
)
def train_step_on_the_total(X, Y, parameters, optimizer):
    optimizer.zero_grad()
    total = compute_total_loss(forward_propagation(X, parameters), Y)  # noqa: F821 - of the solution
    total.backward()
    optimizer.step()
    return total.item() / X.shape[1]


train_divided_by_classes = edited(
    "train_step",
    "divided_by_classes",
    "The total loss is divided by the number of classes instead of the number of examples.",
    "The mean of a batch divides by how many examples it has, and examples are in columns.",
    "Which entry of a shape is the number of examples?",
    replace={"X.shape[1]": "Y.shape[0]"},
)

train_divided_by_inputs = edited(
    "train_step",
    "divided_by_inputs",
    "The total loss is divided by the number of features instead of the number of examples.",
    "The mean of a batch divides by how many examples it has, and examples are in columns.",
    "Which entry of a shape is the number of examples?",
    replace={"X.shape[1]": "X.shape[0]"},
)

train_uphill = edited(
    "train_step",
    "uphill",
    "The step goes uphill: the cost grows from step to step.",
    "An optimizer makes smaller what backward is called on.",
    "Look at the sign of the cost.",
    replace={"cost.backward()": "(-cost).backward()"},
)

train_two_steps = edited(
    "train_step",
    "two_steps",
    "Two steps are taken on one batch.",
    "One call is one step; the loop over batches and epochs is around this function.",
    "Count the calls of the optimizer's step.",
    replace={"    optimizer.step()\n": "    optimizer.step()\n    optimizer.step()\n"},
)

train_nothing_returned = edited(
    "train_step",
    "nothing_returned",
    "Nothing is returned where the cost is asked.",
    "Whoever calls the function wants to watch the cost fall.",
    "Look at the end of the function.",
    replace={"return cost.item()": "return None"},
)

train_total_returned = edited(
    "train_step",
    "total_returned",
    "The step follows the mean, but the total loss of the batch is returned.",
    "The cost J is the total divided by the number of examples.",
    "Is what you return what backward was called on?",
    replace={"return cost.item()": "return cost.item() * X.shape[1]"},
)

train_cost_after = edited(
    "train_step",
    "cost_after_the_step",
    "The cost returned is that after the step.",
    "J belongs to the parameters that the step started from; computing it again costs another forward pass.",
    "Look at where the value that is returned comes from.",
    replace={
        "return cost.item()": (
            "return (compute_total_loss(forward_propagation(X, parameters), Y) / X.shape[1]).item()"
        )
    },
)
