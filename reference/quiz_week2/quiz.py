"""Questions on week 2: mini-batches, weighted averages, momentum, RMSprop, Adam, decay, critical points."""

from grader.course.quiz import choose_all, choose_one, number, right, wrong

Q1 = number(
    """
    A training set of 1000 examples is divided into mini-batches of 64. How many steps does one epoch take?
    """,
    right(16),
    wrong(
        15,
        "These are the full batches. The examples that are left over are to be seen in this epoch too.",
    ),
    wrong(
        15.625,
        "There is no fraction of a step: a batch that is not full is a batch all the same.",
    ),
    wrong(
        64,
        "This is how many examples one batch holds, not how many batches there are.",
    ),
    wrong(
        1000,
        "A step for each example is what batches of one example would take.",
    ),
    within=0.001,
    points=10,
    reread="the handout of optimizers, section 2",
)

Q2 = choose_one(
    """
    With mini-batches of 32, the cost printed after each step goes up and down, while its average over an
    epoch falls. What does this say?
    """,
    wrong(
        "The learning rate is too large, because a cost that is minimised has to fall in every step.",
        "That may be asked of steps computed from the whole training set. Here each number is measured "
        "on other examples, and some are harder than others.",
    ),
    wrong(
        "The gradients have a mistake, because they do not point downhill.",
        "They do, for the batch that they were computed from. For the next batch the same direction may "
        "lead up.",
    ),
    wrong(
        "The batches share examples.",
        "Each epoch visits every example once, and the numbers scatter all the same.",
    ),
    right("Nothing is wrong: each step measures the cost on other examples."),
    points=10,
    reread="the handout of optimizers, section 2",
)

Q3 = choose_one(
    "Which statement on the size of mini-batches holds?",
    right("A size of 1 wastes vectorised arithmetic; a size of m makes each step wait for a whole pass."),
    wrong(
        "With a size of m some examples are never used.",
        "An epoch visits every example once, whatever the size of the batches.",
    ),
    wrong(
        "The larger the batch, the fewer epochs it takes to arrive.",
        "A larger batch gives a more exact gradient, but fewer steps per epoch, and early on many rough "
        "steps lead further.",
    ),
    wrong(
        "A size that is no power of two leaves the last batch without its gradient.",
        "Powers of two suit the memory of a computer, and that is all. A last batch that is smaller has "
        "a gradient as any other.",
    ),
    points=10,
    reread="the handout of optimizers, section 2",
)

Q4 = number(
    """
    An exponentially weighted average with beta = 0.5 has seen the values 4, 8 and 2, in this order. What is
    it now, with bias correction?
    """,
    right(4),
    wrong(
        3.5,
        "The zero that the average started from still has a weight in this.",
    ),
    wrong(
        4.667,
        "This weights all values alike. The average in question forgets: older values count less.",
    ),
    wrong(
        5.714,
        "A corrected value went back into the recursion and was then corrected again. What is kept from "
        "step to step is the plain average.",
    ),
    wrong(
        7,
        "The divisor of the first step was used. It depends on how many values have been seen.",
    ),
    within=0.01,
    points=10,
    reread="the handout of optimizers, section 3",
)

Q5 = choose_one(
    """
    The curve of an exponentially weighted average is drawn for beta = 0.9, then for 0.98. How does it
    change?
    """,
    wrong(
        "It follows the values more closely and is more jagged.",
        "The newest value enters with the weight 1 - beta. Compare this weight for the two curves.",
    ),
    right("It averages over about five times as many values and lags further behind."),
    wrong(
        "It becomes smoother and lags less.",
        "What makes it smooth is that older values have a say, and older values are what a lag is made of.",
    ),
    wrong(
        "It averages over about 98 values now.",
        "The length of the memory follows from how little beta is short of one, not from its digits.",
    ),
    points=10,
    reread="the handout of optimizers, section 3",
)

Q6 = choose_all(
    """
    The cost is a long, narrow valley. Which statements on momentum, v = beta · v + (1 - beta) · dW, hold?
    """,
    wrong(
        "With beta = 0 the parameters stay where they are.",
        "With beta = 0 the average forgets all gradients but the newest. Write down the step that is left.",
    ),
    right("What points to and fro across the valley largely cancels."),
    wrong(
        "The velocity belongs to one mini-batch and starts from zero in the next.",
        "An average over a single batch smooths nothing: the memory of earlier ones is the whole point.",
    ),
    right("Without the factor 1 - beta the same steps take a smaller learning rate."),
    wrong(
        "Without bias correction the first steps are too long.",
        "An average that starts at zero is too small at first. See what this means for a step in "
        "proportion to it.",
    ),
    points=10,
    reread="the handout of optimizers, section 4",
)

Q7 = number(
    """
    RMSprop starts with s = 0. The first gradient of a parameter is 6, with beta = 0.75, a learning rate of
    0.1 and a negligible epsilon. How far does the parameter move in this step? (The size, without its
    sign.)
    """,
    right(0.2),
    wrong(
        0.1,
        "Here the gradient is divided by its own size. The mean square has not caught up with it in the "
        "first step.",
    ),
    wrong(
        0.0667,
        "The mean square itself stands below the line. Check the units: a square does not cancel them.",
    ),
    wrong(
        0.4899,
        "The gradient went into the average as it is. A root mean square averages something else.",
    ),
    wrong(
        0.1155,
        "The two weights have changed places. See which of them belongs to what was there before.",
    ),
    wrong(
        0.6,
        "This is a step of plain gradient descent: nothing has been divided by the root mean square.",
    ),
    within=0.001,
    points=10,
    reread="the handout of optimizers, section 5",
)

Q8 = choose_one(
    """
    Adam runs with beta1 = 0.9 and beta2 = 0.999, but its bias correction was left out. What are the first
    steps?
    """,
    wrong(
        "too short, because both averages start at zero",
        "Both are too small, but they do not pull in the same direction: one of them stands below the line.",
    ),
    wrong(
        "as they should be, because the two errors cancel",
        "They would if the root of the one lacked as much as the other. The two memories are of very "
        "different length.",
    ),
    right("too long, because the root of s lacks more than v does"),
    wrong(
        "zero, because v is zero at the start",
        "The gradient goes into v before v is used for the first time.",
    ),
    points=10,
    reread="the handout of optimizers, section 6",
)

Q9 = number(
    """
    The learning rate decays in stairs: it starts at 0.8, decay_rate is 0.5 and time_interval is 100. What
    is it in epoch 250?
    """,
    right(0.4),
    wrong(
        0.3556,
        "This slides down from epoch to epoch. On a stair the rate is the same until the next one.",
    ),
    wrong(
        0.3200,
        "This counts an interval that has begun. A stair is taken when an interval is over.",
    ),
    wrong(
        0.2,
        "This halves the rate at each stair. In the formula the divisor grows, by the same amount each time.",
    ),
    wrong(
        0.00635,
        "The number of epochs itself stands in the divisor. Stairs count intervals.",
    ),
    within=0.002,
    points=10,
    reread="the handout of optimizers, section 7",
)

Q10 = choose_all(
    "Which statements on points where the gradient is zero hold, in a network with many parameters?",
    wrong(
        "Most of them are local minima.",
        "In a minimum the cost bends upwards in every direction. Count how many signs would have to agree.",
    ),
    wrong(
        "One with a Hessian whose diagonal is positive is a minimum.",
        "The diagonal speaks of the directions along the axes. Between these the cost may bend down.",
    ),
    right("Near a saddle, gradient descent may spend many steps on a plateau."),
    wrong(
        "Training that comes upon one has reached its goal.",
        "The slope is zero on a summit and on a pass too. Which it is, second derivatives decide.",
    ),
    right("Momentum and Adam leave plateaus behind faster than gradient descent does."),
    points=10,
    reread="the handout of optimizers, section 8",
)
