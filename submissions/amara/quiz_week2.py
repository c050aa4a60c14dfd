"""Quiz: optimisation (week 2).

Replace each ``None`` by your answer: one letter as ``"b"``, letters as ``{"a", "d"}``, a number as ``0.5``.
Where letters are asked for, one or more are right, and the question counts only as a whole. What is left at
``None`` is not answered. ``grade check`` tells whether each answer can be graded, not whether it is right.
"""

# Q1 (10 points): a number, to within 0.001
#
# A training set of 1000 examples is divided into mini-batches of 64. How many steps does one epoch take?
Q1 = 16


# Q2 (10 points): one letter from a to d
#
# With mini-batches of 32, the cost printed after each step goes up and down, while its average over an epoch
# falls. What does this say?
#
#   a)  The learning rate is too large, because a cost that is minimised has to fall in every step.
#   b)  The gradients have a mistake, because they do not point downhill.
#   c)  The batches share examples.
#   d)  Nothing is wrong: each step measures the cost on other examples.
Q2 = "d"


# Q3 (10 points): one letter from a to d
#
# Which statement on the size of mini-batches holds?
#
#   a)  A size of 1 wastes vectorised arithmetic; a size of m makes each step wait for a whole pass.
#   b)  With a size of m some examples are never used.
#   c)  The larger the batch, the fewer epochs it takes to arrive.
#   d)  A size that is no power of two leaves the last batch without its gradient.
Q3 = "a"


# Q4 (10 points): a number, to within 0.01
#
# An exponentially weighted average with beta = 0.5 has seen the values 4, 8 and 2, in this order. What is it
# now, with bias correction?
Q4 = 4.0


# Q5 (10 points): one letter from a to d
#
# The curve of an exponentially weighted average is drawn for beta = 0.9, then for 0.98. How does it change?
#
#   a)  It follows the values more closely and is more jagged.
#   b)  It averages over about five times as many values and lags further behind.
#   c)  It becomes smoother and lags less.
#   d)  It averages over about 98 values now.
Q5 = "b"


# Q6 (10 points): letters from a to e
#
# The cost is a long, narrow valley. Which statements on momentum, v = beta · v + (1 - beta) · dW, hold?
#
#   a)  With beta = 0 the parameters stay where they are.
#   b)  What points to and fro across the valley largely cancels.
#   c)  The velocity belongs to one mini-batch and starts from zero in the next.
#   d)  Without the factor 1 - beta the same steps take a smaller learning rate.
#   e)  Without bias correction the first steps are too long.
Q6 = {"b", "d"}


# Q7 (10 points): a number, to within 0.001
#
# RMSprop starts with s = 0. The first gradient of a parameter is 6, with beta = 0.75, a learning rate of 0.1
# and a negligible epsilon. How far does the parameter move in this step? (The size, without its sign.)
Q7 = 0.2


# Q8 (10 points): one letter from a to d
#
# Adam runs with beta1 = 0.9 and beta2 = 0.999, but its bias correction was left out. What are the first
# steps?
#
#   a)  too short, because both averages start at zero
#   b)  as they should be, because the two errors cancel
#   c)  too long, because the root of s lacks more than v does
#   d)  zero, because v is zero at the start
Q8 = "c"


# Q9 (10 points): a number, to within 0.002
#
# The learning rate decays in stairs: it starts at 0.8, decay_rate is 0.5 and time_interval is 100. What is it
# in epoch 250?
Q9 = 0.4


# Q10 (10 points): letters from a to e
#
# Which statements on points where the gradient is zero hold, in a network with many parameters?
#
#   a)  Most of them are local minima.
#   b)  One with a Hessian whose diagonal is positive is a minimum.
#   c)  Near a saddle, gradient descent may spend many steps on a plateau.
#   d)  Training that comes upon one has reached its goal.
#   e)  Momentum and Adam leave plateaus behind faster than gradient descent does.
Q10 = {"c", "e"}
