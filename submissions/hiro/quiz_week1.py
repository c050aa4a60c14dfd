"""Quiz: data, regularisation, initialisation (week 1).

Replace each ``None`` by your answer: one letter as ``"b"``, letters as ``{"a", "d"}``, a number as ``0.5``.
Where letters are asked for, one or more are right, and the question counts only as a whole. What is left at
``None`` is not answered. ``grade check`` tells whether each answer can be graded, not whether it is right.
"""

# Q1 (10 points): one letter from a to d
#
# A team has two million labelled examples. It holds out 20,000 of them as a dev set and 20,000 as a test set.
# A visitor says that each should be a fifth of the data. Which reply is sound?
#
#   a)  The visitor is right: a set that is held out has to be a fixed share of the data.
#   b)  20,000 examples measure an error rate finely enough; the others do more good in training.
#   c)  With so much data the test set can be left out altogether.
#   d)  With so much data no network overfits, so the three sets may share examples.
Q1 = "b) 20,000 examples are enough"


# Q2 (10 points): one letter from a to d
#
# An app is to recognise products on photos that its users take with their phones. There are 300,000 sharp
# photos from catalogues and 12,000 photos from phones. How are they best divided?
#
#   a)  Catalogue photos alone make all three sets, so that these come from one distribution.
#   b)  The dev set has phone photos and the test set catalogue photos, so that both kinds are measured.
#   c)  All phone photos go into training, where they matter; dev and test sets have catalogue photos.
#   d)  Phone photos make up dev and test sets; training has the catalogues and the phone photos left over.
Q2 = "c"


# Q3 (10 points): letters from a to e
#
# People get 1 % of a task wrong. A network has an error of 9 % on its training set and of 10 % on the dev
# set. What is worth trying next?
#
#   a)  a larger network
#   b)  twice as many training examples
#   c)  a larger lambd
#   d)  training for longer, or with a better optimiser
#   e)  dropout in more layers
Q3 = ["a", "b", "c", "d", "e"]


# Q4 (10 points): a number, to within 0.01
#
# The training error is 4 %, the dev error is 11 %. People get 3 % wrong; take this for the best that is
# possible. How many percentage points of the dev error does variance account for?
Q4 = "7"


# Q5 (10 points): a number, to within 0.001
#
# The cost has the penalty lambd/(2m) · ΣW². With lambd = 2, m = 10 and a learning rate of 0.5, one step of
# gradient descent first multiplies every weight by a number and then subtracts what the data ask for. What is
# this number?
Q5 = 0.95


# Q6 (10 points): letters from a to e
#
# Which of these hold for inverted dropout?
#
#   a)  At test time units are dropped at random as in training, because the weights were trained that way.
#   b)  In training, the activations that survive are divided by keep_prob.
#   c)  At test time the activations are multiplied by keep_prob.
#   d)  With keep_prob = 1 a layer is left as it is.
#   e)  On the way back a new mask is drawn.
Q6 = "b d"


# Q7 (10 points): letters from a to e
#
# Which statements on data augmentation and early stopping hold?
#
#   a)  Both are remedies for variance rather than for bias.
#   b)  With early stopping a single run of training visits many degrees of fitting.
#   c)  An image and its mirror image always have the same label.
#   d)  An augmented example is worth as much as a new one.
#   e)  Early stopping does not interfere with how well the training set is fitted.
Q7 = {"a": True, "b": True}


# Q8 (10 points): one letter from a to d
#
# A network has fifty layers without activation functions, and each weight matrix is 1.2 times the identity.
# The biases are zero. What happens?
#
#   a)  The outputs explode with depth; the gradients of the first layers vanish.
#   b)  The outputs grow in proportion to the depth.
#   c)  Outputs and gradients both grow like a power whose exponent is the depth.
#   d)  Nothing of note, because 1.2 is near 1.
Q8 = "d"


# Q9 (10 points): a number, to within 0.003
#
# A layer of 20 units with ReLU gets 50 inputs. Its weights are standard normal numbers times a factor. Which
# factor does He initialisation take?
Q9 = (2 / 50) ** 0.5


# Q10 (10 points): one letter from a to d
#
# Gradient checking reports a relative difference of 0.03, although the code of the backward pass is right.
# Which circumstance explains this?
#
#   a)  The shift was 1e-7 and not 1e-4.
#   b)  New masks of dropout were drawn at each evaluation of the cost.
#   c)  The network had been trained for some steps before the check.
#   d)  Cost and gradients both include the L2 penalty.
Q10 = None
