"""Quiz: search, batch norm, softmax (week 3).

Replace each ``None`` by your answer: one letter as ``"b"``, letters as ``{"a", "d"}``, a number as ``0.5``.
Where letters are asked for, one or more are right, and the question counts only as a whole. What is left at
``None`` is not answered. ``grade check`` tells whether each answer can be graded, not whether it is right.
"""

# Q1 (10 points): a number, to within 0.001
#
# A grid of 6 by 6 values is tried for two hyperparameters, and it turns out that one of them has no effect at
# all. How many different values of the other one were tried?
Q1 = 6


# Q2 (10 points): a number, to within 0.005
#
# A learning rate is drawn log-uniformly between 0.0001 and 1. What is the probability that it comes out below
# 0.001?
Q2 = 0.25


# Q3 (10 points): one letter from a to d
#
# beta of an exponentially weighted average is to be searched between 0.9 and 0.999. How is it best drawn?
#
#   a)  uniformly in beta
#   b)  uniformly in log(beta)
#   c)  uniformly in 1 / (1 - beta)
#   d)  uniformly in log(1 - beta)
Q3 = "d"


# Q4 (10 points): letters from a to e
#
# Which statements on searching for hyperparameters hold?
#
#   a)  Bayesian search rests on a model of the objective that also says how unsure it is.
#   b)  Expected improvement is always largest where the model expects the best value.
#   c)  Going from coarse to fine cannot miss the best values.
#   d)  The more hyperparameters there are, the better a grid pays.
#   e)  Random search loses nothing when all its trials run at the same time.
Q4 = {"a", "e"}


# Q5 (10 points): a number, to within 0.01
#
# Batch norm in training mode gets one feature of four examples: 0, 0, 6, 6. With eps = 16, gamma = 10 and
# beta = 1, what comes out for the last example?
Q5 = 7


# Q6 (10 points): one letter from a to d
#
# A trained network with batch norm is asked about a single example. What does the layer normalise with?
#
#   a)  mean and variance of this example
#   b)  averages of the statistics, kept while it was trained
#   c)  mean and variance of the whole test set
#   d)  nothing: like dropout, batch norm is switched off after training
Q6 = "b"


# Q7 (10 points): letters from a to e
#
# Which statements on batch norm in training hold?
#
#   a)  The bias of the layer before it is as useful as ever.
#   b)  What comes out always has mean 0 and variance 1.
#   c)  gamma and beta are learned by gradient descent, as weights are.
#   d)  What comes out for one example depends on the others in its batch.
#   e)  Its slight regularising effect grows with the size of the batch.
Q7 = {"c", "d"}


# Q8 (10 points): a number, to within 0.002
#
# Softmax gets the scores 0, log 3 and log 4. What probability does the second class get?
Q8 = 3 / 8


# Q9 (10 points): a number, to within 0.002
#
# For one example, softmax gives the probabilities 0.2, 0.7 and 0.1, and the third class is the true one. What
# is the derivative of the cross-entropy by the third score?
Q9 = -0.9


# Q10 (10 points): one letter from a to d
#
# In PyTorch, each step of a loop calls loss.backward() and then optimizer.step(). Nothing ever sets the
# gradients back to zero. What happens?
#
#   a)  Gradients of all earlier steps pile up, and each step follows their sum.
#   b)  Nothing, because backward() replaces the gradients of the step before.
#   c)  The second backward() raises an error.
#   d)  The parameters stop moving after the first step.
Q10 = "a"
