"""Questions on week 1: data sets, bias and variance, regularisation, initialisation, gradient checking."""

from grader.course.quiz import choose_all, choose_one, number, right, wrong

Q1 = choose_one(
    """
    A team has two million labelled examples. It holds out 20,000 of them as a dev set and 20,000 as a test
    set. A visitor says that each should be a fifth of the data. Which reply is sound?
    """,
    wrong(
        "The visitor is right: a set that is held out has to be a fixed share of the data.",
        "What is held out has to tell two error rates apart, and how finely it does so depends on its "
        "own number of examples, not on its share of the whole.",
    ),
    right("20,000 examples measure an error rate finely enough; the others do more good in training."),
    wrong(
        "With so much data the test set can be left out altogether.",
        "However much there is to train on, the dev set has been used for choosing, so its error "
        "flatters the network that was chosen. Something has to be left that nobody has looked at.",
    ),
    wrong(
        "With so much data no network overfits, so the three sets may share examples.",
        "An example that was trained on measures memory when it is met again, however many others there are.",
    ),
    points=10,
    reread="the handout of bias_variance, section 1",
)

Q2 = choose_one(
    """
    An app is to recognise products on photos that its users take with their phones. There are 300,000 sharp
    photos from catalogues and 12,000 photos from phones. How are they best divided?
    """,
    wrong(
        "Catalogue photos alone make all three sets, so that these come from one distribution.",
        "Dev and test sets are the target that everybody aims at, and this target is made of photos "
        "that no user sends.",
    ),
    wrong(
        "The dev set has phone photos and the test set catalogue photos, so that both kinds are measured.",
        "Here the network is chosen for one kind of photo and judged on another: a good dev error "
        "promises nothing for the test.",
    ),
    wrong(
        "All phone photos go into training, where they matter; dev and test sets have catalogue photos.",
        "Training on the photos that matter helps, but nobody would learn by how much: what is measured "
        "is how well catalogues are read.",
    ),
    right(
        "Phone photos make up dev and test sets; training has the catalogues and the phone photos left over."
    ),
    points=10,
    reread="the handout of bias_variance, section 1",
)

Q3 = choose_all(
    """
    People get 1 % of a task wrong. A network has an error of 9 % on its training set and of 10 % on the dev
    set. What is worth trying next?
    """,
    right("a larger network"),
    wrong(
        "twice as many training examples",
        "More examples narrow the gap between training and dev error, and that gap is narrow already.",
    ),
    wrong(
        "a larger lambd",
        "A stronger penalty holds the network back, and it does not even fit the examples that it was "
        "trained on.",
    ),
    right("training for longer, or with a better optimiser"),
    wrong(
        "dropout in more layers",
        "Dropout makes it harder to learn the training set by heart. This network is far from knowing it.",
    ),
    points=10,
    reread="the handout of bias_variance, sections 3 and 4",
)

Q4 = number(
    """
    The training error is 4 %, the dev error is 11 %. People get 3 % wrong; take this for the best that is
    possible. How many percentage points of the dev error does variance account for?
    """,
    right(7),
    wrong(
        8,
        "This is the whole distance to the best that is possible. A part of it is there on the training "
        "set already, and that part is no variance.",
    ),
    wrong(
        1,
        "This compares the training error with the best that is possible. It says how well the network "
        "fits what it has seen, which is another question.",
    ),
    wrong(
        11,
        "This is all of the dev error, a part of which nobody could avoid.",
    ),
    within=0.01,
    points=10,
    reread="the handout of bias_variance, section 3",
)

Q5 = number(
    """
    The cost has the penalty lambd/(2m) · ΣW². With lambd = 2, m = 10 and a learning rate of 0.5, one step
    of gradient descent first multiplies every weight by a number and then subtracts what the data ask for.
    What is this number?
    """,
    right(0.9),
    wrong(
        0.95,
        "The 2 below the line of the cost is still there. Think of what the derivative of a square does.",
    ),
    wrong(
        0.8,
        "The penalty's part of the gradient is taken in full. The learning rate scales the whole "
        "gradient, this part included.",
    ),
    wrong(
        0,
        "Here the penalty counts as if there were a single example. In the cost it is shared among all.",
    ),
    wrong(
        0.1,
        "So small a factor would wipe out all weights in a few steps. The penalty asks for much less.",
    ),
    wrong(
        1.1,
        "With this factor weights grow. A penalty on large weights pushes them the other way.",
    ),
    within=0.001,
    points=10,
    reread="the handout of regularization, section 2, under weight decay",
)

Q6 = choose_all(
    "Which of these hold for inverted dropout?",
    wrong(
        "At test time units are dropped at random as in training, because the weights were trained that way.",
        "The same picture would then get another answer each time, and a noisier one, for nothing in return.",
    ),
    right("In training, the activations that survive are divided by keep_prob."),
    wrong(
        "At test time the activations are multiplied by keep_prob.",
        "This belongs to the older form of dropout, which puts things right afterwards. Done here as "
        "well, it would make the activations too small.",
    ),
    right("With keep_prob = 1 a layer is left as it is."),
    wrong(
        "On the way back a new mask is drawn.",
        "A unit that was off had no part in the prediction and gets no share of the blame. Two masks "
        "that disagree would blame some of these and spare others.",
    ),
    points=10,
    reread="the handout of regularization, section 3",
)

Q7 = choose_all(
    "Which statements on data augmentation and early stopping hold?",
    right("Both are remedies for variance rather than for bias."),
    right("With early stopping a single run of training visits many degrees of fitting."),
    wrong(
        "An image and its mirror image always have the same label.",
        "What may be changed without changing the meaning depends on the task: think of letters, or of "
        "arrows.",
    ),
    wrong(
        "An augmented example is worth as much as a new one.",
        "It is made of an example that is at hand already, and brings none of the variety that the "
        "collection lacks.",
    ),
    wrong(
        "Early stopping does not interfere with how well the training set is fitted.",
        "Whoever stops early also stops lowering the training cost: one knob moves two things at a time.",
    ),
    points=10,
    reread="the handout of regularization, sections 4 and 5",
)

Q8 = choose_one(
    """
    A network has fifty layers without activation functions, and each weight matrix is 1.2 times the
    identity. The biases are zero. What happens?
    """,
    wrong(
        "The outputs explode with depth; the gradients of the first layers vanish.",
        "The way back multiplies by the same matrices as the way forward. It cannot shrink where that grows.",
    ),
    wrong(
        "The outputs grow in proportion to the depth.",
        "A layer multiplies what it gets and does not add to it. Follow the number 1 through three layers.",
    ),
    right("Outputs and gradients both grow like a power whose exponent is the depth."),
    wrong(
        "Nothing of note, because 1.2 is near 1.",
        "A factor near one that is applied fifty times is not near one any more.",
    ),
    points=10,
    reread="the handout of initialization, sections 3 and 4",
)

Q9 = number(
    """
    A layer of 20 units with ReLU gets 50 inputs. Its weights are standard normal numbers times a factor.
    Which factor does He initialisation take?
    """,
    right(0.2),
    wrong(
        0.04,
        "This is a variance. Times c, a random number has a variance that is c² times as large.",
    ),
    wrong(
        0.3162,
        "This counts the units of the layer. What one unit adds up is as many terms as it has inputs.",
    ),
    wrong(
        0.1414,
        "This keeps the size of the signal where the activation lets all of it pass. ReLU lets only "
        "half of it pass.",
    ),
    wrong(
        25,
        "This number is the wrong way up: the more inputs are added up, the smaller each weight has to be.",
    ),
    within=0.003,
    points=10,
    reread="the handout of initialization, section 4",
)

Q10 = choose_one(
    """
    Gradient checking reports a relative difference of 0.03, although the code of the backward pass is
    right. Which circumstance explains this?
    """,
    wrong(
        "The shift was 1e-7 and not 1e-4.",
        "Either shift is small enough for a two-sided quotient, and either leaves many digits before "
        "rounding takes over.",
    ),
    right("New masks of dropout were drawn at each evaluation of the cost."),
    wrong(
        "The network had been trained for some steps before the check.",
        "A right gradient is right at every point. After some training, mistakes even show better than "
        "at the start.",
    ),
    wrong(
        "Cost and gradients both include the L2 penalty.",
        "Where both sides have the term they speak of the same function. It would be a mistake to have "
        "it on one side only.",
    ),
    points=10,
    reread="the handout of gradient_checking, sections 2 and 7",
)
