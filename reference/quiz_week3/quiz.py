"""Questions on week 3: search for hyperparameters, batch normalisation, softmax, frameworks."""

from grader.course.quiz import choose_all, choose_one, number, right, wrong

Q1 = number(
    """
    A grid of 6 by 6 values is tried for two hyperparameters, and it turns out that one of them has no
    effect at all. How many different values of the other one were tried?
    """,
    right(6),
    wrong(
        36,
        "These are the trials. Many of them share their value of the hyperparameter that matters.",
    ),
    wrong(
        12,
        "These are the values of both hyperparameters together.",
    ),
    within=0.001,
    points=10,
    reread="the handout of hyperparameters, sections 2 and 3",
)

Q2 = number(
    """
    A learning rate is drawn log-uniformly between 0.0001 and 1. What is the probability that it comes out
    below 0.001?
    """,
    right(0.25),
    wrong(
        0.0009,
        "This is the share of a plain uniform draw, which hardly ever tries a small rate. Count in "
        "powers of ten.",
    ),
    wrong(
        0.3333,
        "Count the decades between the two ends, and not the marks between them.",
    ),
    wrong(
        0.2,
        "Five marks stand for fewer decades: count the spaces between them.",
    ),
    wrong(
        0.75,
        "Read again on which side of the mark the draw is to come out.",
    ),
    within=0.005,
    points=10,
    reread="the handout of hyperparameters, section 1",
)

Q3 = choose_one(
    """
    beta of an exponentially weighted average is to be searched between 0.9 and 0.999. How is it best drawn?
    """,
    wrong(
        "uniformly in beta",
        "Nine draws in ten would then lie below 0.99, and next to none where the memory grows the most.",
    ),
    wrong(
        "uniformly in log(beta)",
        "Over so short a range this logarithm is nearly a straight line, so that little would change. "
        "Ask which quantity runs through decades here.",
    ),
    wrong(
        "uniformly in 1 / (1 - beta)",
        "Lengths of memory from 10 to 1000 would be drawn evenly, so that nine in ten are longer than 100.",
    ),
    right("uniformly in log(1 - beta)"),
    points=10,
    reread="the handout of hyperparameters, section 1",
)

Q4 = choose_all(
    "Which statements on searching for hyperparameters hold?",
    right("Bayesian search rests on a model of the objective that also says how unsure it is."),
    wrong(
        "Expected improvement is always largest where the model expects the best value.",
        "A point may be worth a trial because little is known about it: how unsure the model is counts "
        "as well.",
    ),
    wrong(
        "Going from coarse to fine cannot miss the best values.",
        "The fine rounds look where the coarse one looked best. If chance misled that one, they stay misled.",
    ),
    wrong(
        "The more hyperparameters there are, the better a grid pays.",
        "The points of a grid multiply with each hyperparameter, and those that hardly matter multiply "
        "them too.",
    ),
    right("Random search loses nothing when all its trials run at the same time."),
    points=10,
    reread="the handout of hyperparameters, sections 3 to 6",
)

Q5 = number(
    """
    Batch norm in training mode gets one feature of four examples: 0, 0, 6, 6. With eps = 16, gamma = 10 and
    beta = 1, what comes out for the last example?
    """,
    right(7),
    wrong(
        11,
        "eps has been left out. As a rule it is too small to be seen, but not here.",
    ),
    wrong(
        2.579,
        "eps was added to the standard deviation. Its place is where the variance is.",
    ),
    wrong(
        6.669,
        "The variance was divided by N - 1. The batch is described as it is; nothing is estimated.",
    ),
    wrong(
        6,
        "The shift at the end is missing.",
    ),
    wrong(
        1.6,
        "The normalised value has been shifted but not scaled.",
    ),
    within=0.01,
    points=10,
    reread="the handout of batchnorm, section 1",
)

Q6 = choose_one(
    """
    A trained network with batch norm is asked about a single example. What does the layer normalise with?
    """,
    wrong(
        "mean and variance of this example",
        "A single example has the variance zero in each feature, and less its own mean it is zero: "
        "every example would look the same.",
    ),
    right("averages of the statistics, kept while it was trained"),
    wrong(
        "mean and variance of the whole test set",
        "An answer would then depend on what else is asked, and in use there may be nothing else.",
    ),
    wrong(
        "nothing: like dropout, batch norm is switched off after training",
        "The layers above have learned from normalised inputs. Without them they get numbers on a scale "
        "that they have never seen.",
    ),
    points=10,
    reread="the handout of batchnorm, section 2",
)

Q7 = choose_all(
    "Which statements on batch norm in training hold?",
    wrong(
        "The bias of the layer before it is as useful as ever.",
        "What is added to every example alike is part of the mean, and the mean is subtracted.",
    ),
    wrong(
        "What comes out always has mean 0 and variance 1.",
        "That is so in between. The last of the four steps lets the network choose another mean and spread.",
    ),
    right("gamma and beta are learned by gradient descent, as weights are."),
    right("What comes out for one example depends on the others in its batch."),
    wrong(
        "Its slight regularising effect grows with the size of the batch.",
        "The effect comes from the noise in the statistics. See how this noise changes with more examples.",
    ),
    points=10,
    reread="the handout of batchnorm, sections 1 and 2",
)

Q8 = number(
    "Softmax gets the scores 0, log 3 and log 4. What probability does the second class get?",
    right(0.375),
    wrong(
        0.4286,
        "A score of zero is a score too, and its exponential is not zero.",
    ),
    wrong(
        0.4421,
        "The scores themselves were divided by their sum. Scores may be negative; probabilities may not.",
    ),
    wrong(
        0.75,
        "The divisor is the largest of the powers, so that the shares do not add up to one.",
    ),
    wrong(
        3,
        "This is the power alone, and no share of the whole.",
    ),
    within=0.002,
    points=10,
    reread="the handout of softmax, section 1",
)

Q9 = number(
    """
    For one example, softmax gives the probabilities 0.2, 0.7 and 0.1, and the third class is the true one.
    What is the derivative of the cross-entropy by the third score?
    """,
    right(-0.9),
    wrong(
        0.1,
        "This is what the network said. The derivative also has what it should have said in it.",
    ),
    wrong(
        -10,
        "This is the derivative by the probability. From there to the score one more step of the chain "
        "rule is left.",
    ),
    wrong(
        0.9,
        "Think of the direction: does a higher score of the true class make the loss larger?",
    ),
    wrong(
        2.303,
        "This is the loss itself, and not its slope.",
    ),
    within=0.002,
    points=10,
    reread="the handout of softmax, section 4",
)

Q10 = choose_one(
    """
    In PyTorch, each step of a loop calls loss.backward() and then optimizer.step(). Nothing ever sets the
    gradients back to zero. What happens?
    """,
    right("Gradients of all earlier steps pile up, and each step follows their sum."),
    wrong(
        "Nothing, because backward() replaces the gradients of the step before.",
        "backward() adds to what it finds, because a parameter may be used in more than one place.",
    ),
    wrong(
        "The second backward() raises an error.",
        "That gradients add up is wanted at times, to compute a large batch in parts for one. So it is "
        "no error.",
    ),
    wrong(
        "The parameters stop moving after the first step.",
        "step() uses whatever is stored beside each parameter, and that is not zero.",
    ),
    points=10,
    reread="the handout of frameworks, sections 2 and 7",
)
