"""What goes wrong in the search for hyperparameters, and what helps.

Draws of another generator than the reference's are other numbers, so most findings on what is drawn come from
the properties; the mistakes here hold these to account.
"""

import math

import numpy as np

from grader.course.declare import edited, mistake

# --- sample_learning_rate ---------------------------------------------------------------------------------

rates_linear = edited(
    "sample_learning_rate",
    "rates_linear",
    "The draws are spread evenly over the rates themselves, so that hardly any is small.",
    "From 0.0001 to 1, nine tenths of all even draws are above 0.1.",
    "Ask on which scale the draw should be even, and how to come back from it.",
    replace={"np.log10(low), np.log10(high)": "low, high", "10.0**exponents": "exponents"},
)
rates_of_e = edited(
    "sample_learning_rate",
    "rates_of_e",
    "The exponents are drawn for powers of 10 and used for powers of e.",
    "Taking a logarithm and raising to a power undo each other only with one and the same base.",
    "Look at the smallest and the largest rate that you get.",
    replace={"10.0**exponents": "np.exp(exponents)"},
)
rates_of_ten = edited(
    "sample_learning_rate",
    "rates_of_ten",
    "The exponents are drawn for powers of e and used for powers of 10.",
    "Taking a logarithm and raising to a power undo each other only with one and the same base.",
    "Look at the smallest and the largest rate that you get.",
    replace={"np.log10(low), np.log10(high)": "np.log(low), np.log(high)"},
)
rates_exponents = edited(
    "sample_learning_rate",
    "rates_exponents",
    "The exponents are returned instead of the rates.",
    "What is even on the scale of logarithms still has to be brought back.",
    "Print a few of your draws: are they rates?",
    replace={"10.0**exponents": "exponents"},
)
rates_whole_exponents = edited(
    "sample_learning_rate",
    "rates_whole_exponents",
    "Only whole powers of ten are drawn.",
    "The exponent is a real number: 0.003 is as good a rate as 0.001.",
    "Look at how the exponent is drawn.",
    replace={"10.0**exponents": "10.0 ** np.clip(np.round(exponents), np.log10(low), np.log10(high))"},
)
rates_laid_out = edited(
    "sample_learning_rate",
    "rates_laid_out",
    "The rates are laid out evenly from low to high; nothing is drawn.",
    "A fixed list is a grid: it tries the same rates again and again, and misses what lies between them.",
    "Look at where chance enters.",
    replace={
        "np.random.default_rng(seed).uniform(np.log10(low), np.log10(high), size)": (
            "np.linspace(np.log10(low), np.log10(high), size)"
        )
    },
)
rates_all_the_same = edited(
    "sample_learning_rate",
    "rates_all_the_same",
    "One rate is drawn and returned again and again.",
    "Each of the draws has to be one of its own.",
    "Look at how many numbers your generator is asked for.",
    replace={"np.log10(high), size)": "np.log10(high)) * np.ones(size)"},
)
rates_seed_unused = edited(
    "sample_learning_rate",
    "rates_seed_unused",
    "The draws do not depend on the seed: each call gives other ones.",
    "With a seed an experiment can be repeated, by others too.",
    "Look at where the seed enters the generator that draws.",
    replace={"np.random.default_rng(seed)": "np.random"},
)
rates_seed_fixed = edited(
    "sample_learning_rate",
    "rates_seed_fixed",
    "The draws are the same for every seed.",
    "Another seed is how one gets further draws.",
    "Look at what the generator is seeded with.",
    replace={"default_rng(seed)": "default_rng(0)"},
)

# --- sample_momentum --------------------------------------------------------------------------------------

betas_linear = edited(
    "sample_momentum",
    "betas_linear",
    "The draws are spread evenly over beta itself.",
    "From 0.9 to 0.9005 next to nothing changes; from 0.999 to 0.9995 the memory doubles.",
    "Ask of which quantity the order of magnitude matters.",
    replace={"np.log10(1 - high), np.log10(1 - low)": "low, high", "1 - 10.0**exponents": "exponents"},
)
betas_log_of_beta = edited(
    "sample_momentum",
    "betas_log_of_beta",
    "The logarithm of beta is drawn evenly instead of that of 1 - beta.",
    "Between 0.9 and 1 the logarithm of beta is nearly straight; it is the distance from 1 that matters.",
    "Ask of which quantity the order of magnitude matters.",
    replace={
        "np.log10(1 - high), np.log10(1 - low)": "np.log10(max(low, 1e-3)), np.log10(high)",
        "1 - 10.0**exponents": "10.0**exponents",
    },
)
betas_distance_returned = edited(
    "sample_momentum",
    "betas_distance_returned",
    "1 - beta is returned in the place of beta.",
    "What is drawn on the scale of logarithms is the distance from 1.",
    "Print a few of your draws: do they lie between low and high?",
    replace={"1 - 10.0**exponents": "10.0**exponents"},
)
betas_of_e = edited(
    "sample_momentum",
    "betas_of_e",
    "The exponents are drawn for powers of 10 and used for powers of e.",
    "Taking a logarithm and raising to a power undo each other only with one and the same base.",
    "Look at the smallest and the largest beta that you get.",
    replace={"10.0**exponents": "np.exp(exponents)"},
)
betas_whole_exponents = edited(
    "sample_momentum",
    "betas_whole_exponents",
    "Only a few values such as 0.9, 0.99 and 0.999 are drawn.",
    "The exponent is a real number.",
    "Look at how the exponent is drawn.",
    replace={
        "10.0**exponents": "10.0 ** np.clip(np.round(exponents), np.log10(1 - high), np.log10(1 - low))"
    },
)
betas_in_order = edited(
    "sample_momentum",
    "betas_in_order",
    "The draws are returned in order of size.",
    "Independent draws come as they come; who tries only the first few should not get the smallest.",
    "Look at what happens to the draws before they are returned.",
    replace={"1 - 10.0**exponents": "np.sort(1 - 10.0**exponents)"},
)
betas_seed_unused = edited(
    "sample_momentum",
    "betas_seed_unused",
    "The draws do not depend on the seed: each call gives other ones.",
    "With a seed an experiment can be repeated, by others too.",
    "Look at where the seed enters the generator that draws.",
    replace={"np.random.default_rng(seed)": "np.random"},
)
betas_seed_fixed = edited(
    "sample_momentum",
    "betas_seed_fixed",
    "The draws are the same for every seed.",
    "Another seed is how one gets further draws.",
    "Look at what the generator is seeded with.",
    replace={"default_rng(seed)": "default_rng(1)"},
)

# --- grid_search ------------------------------------------------------------------------------------------

HIGHER = "The objective is a score, such as an accuracy; higher is better."

grid_lowest = edited(
    "grid_search",
    "grid_lowest",
    "The setting of the lowest score is returned as the best.",
    HIGHER,
    "Look at the comparison that keeps the best.",
    replace={"max(history": "min(history"},
)
grid_last_of_equal = edited(
    "grid_search",
    "grid_last_of_equal",
    "Of several settings with the highest score the last is returned instead of the first.",
    "A score that is only as good as the best so far does not replace it.",
    "Look at the comparison that keeps the best.",
    replace={"max(history, ": "max(reversed(history), "},
)
grid_last_name_outermost = edited(
    "grid_search",
    "grid_last_name_outermost",
    "The settings are tried in another order: the first name changes fastest instead of the last.",
    "The order is that of nested loops, with the first name in the outermost loop.",
    "Print the settings of a grid of two by two in the order in which you try them.",
    replace={
        "for setting in settings for value in values]": "for value in values for setting in settings]",
    },
)
grid_last_value_left_out = edited(
    "grid_search",
    "grid_last_value_left_out",
    "The last value of each hyperparameter is never tried.",
    "range leaves its end out.",
    "Count the settings that you try for a grid of two by two.",
    replace={"for value in values]": "for value in (values[:-1] or values)]"},
)


@mistake(
    "grid_search",
    "The values are paired, first with first and second with second, instead of being combined.",
    "A grid of two by three has six points: each value meets each value of the others.",
    "Count the settings that you try.",
)
def grid_paired(objective, grid):
    settings = [dict(zip(grid, values, strict=True)) for values in zip(*grid.values(), strict=False)]
    history = [(setting, objective(setting)) for setting in settings]
    return *max(history, key=lambda trial: trial[1]), history


@mistake(
    "grid_search",
    "One hyperparameter is varied at a time, and the others stay at their first or best value.",
    "The best value of one hyperparameter depends on the others, so a grid tries every combination.",
    "Count the settings that you try for a grid of two by two.",
)
def grid_one_at_a_time(objective, grid):
    best, history = {name: values[0] for name, values in grid.items()}, []
    for name, values in grid.items():
        trials = [(best | {name: value}, objective(best | {name: value})) for value in values]
        history += trials
        best = max(trials, key=lambda trial: trial[1])[0]
    return *max(history, key=lambda trial: trial[1]), history


@mistake(
    "grid_search",
    "Every entry of the history is one and the same dictionary, which holds the last setting in the end.",
    "A list keeps the dictionary itself, not a picture of it: what is changed later changes everywhere.",
    "Look at where the setting is made: once, or anew for each combination?",
)
def grid_one_dictionary(objective, grid):
    setting, history = {}, []
    best_setting, best_score = None, -math.inf
    for combination in range(math.prod(len(values) for values in grid.values())):
        rest = combination
        for name in reversed(grid):
            rest, place = divmod(rest, len(grid[name]))
            setting[name] = grid[name][place]
        history.append((setting, objective(setting)))
        if history[-1][1] > best_score:
            best_setting, best_score = setting, history[-1][1]
    return best_setting, best_score, history


@mistake(
    "grid_search",
    "The best score starts at 0, so that nothing is found where all scores are negative.",
    "A score may be any number; the first one is the best so far, whatever it is.",
    "Look at the value that the best score has before the loop.",
)
def grid_from_zero(objective, grid):
    settings = [{}]
    for name, values in grid.items():
        settings = [setting | {name: value} for setting in settings for value in values]
    history = [(setting, objective(setting)) for setting in settings]
    best_setting, best_score = {}, 0
    for setting, score in history:
        if score > best_score:
            best_setting, best_score = setting, score
    return best_setting, best_score, history


grid_score_first = edited(
    "grid_search",
    "grid_score_first",
    "The best score is returned before the best setting.",
    "What is returned has a fixed order: best setting, best score, history.",
    "Compare the last line with the docstring.",
    replace={"return best_setting, best_score": "return best_score, best_setting"},
)
grid_scores_alone = edited(
    "grid_search",
    "grid_scores_alone",
    "The history holds the scores without their settings.",
    "A score is of use only together with the setting that it belongs to.",
    "Look at what is appended to the history.",
    replace={
        "return best_setting, best_score, history": "return best_setting, best_score, [s for _, s in history]"
    },
)
grid_sorted = edited(
    "grid_search",
    "grid_sorted",
    "The history is sorted by score instead of being in the order of the trials.",
    "The history is a diary: what was tried when.",
    "Look at what happens to the history before it is returned.",
    replace={
        "best_score = max(history, key=lambda trial: trial[1])": (
            "best_score = max(history, key=lambda trial: trial[1])\n"
            "    history = sorted(history, key=lambda trial: -trial[1])"
        )
    },
)
grid_called_twice = edited(
    "grid_search",
    "grid_called_twice",
    "The objective is called more than once for a combination.",
    "A call stands for a training: a second one for the same setting is a day lost.",
    "Keep the score that a call returns, and use it wherever it is needed.",
    replace={"(setting, objective(setting))": "(setting, objective(setting) and objective(setting))"},
)

# --- random_search ----------------------------------------------------------------------------------------

random_linear = edited(
    "random_search",
    "random_linear",
    'Every value is drawn evenly over its range, also where the scale is "log".',
    "On a logarithmic scale the exponent is what is drawn evenly.",
    "Look at whether the third entry of a name's range is read at all.",
    replace={"float(10 ** rng.uniform(np.log10(low), np.log10(high)))": "float(rng.uniform(low, high))"},
)
random_all_logarithmic = edited(
    "random_search",
    "random_all_logarithmic",
    'The logarithm is drawn evenly of every value, also where the scale is "linear".',
    "Only where the order of magnitude matters is the logarithm the right scale.",
    "Look at whether the third entry of a name's range is read at all.",
    replace={
        "float(rng.uniform(low, high))": (
            "float(np.exp(rng.uniform(np.log(max(low, 1e-6)), np.log(max(high, 1e-6)))))"
        )
    },
)
random_of_e = edited(
    "random_search",
    "random_of_e",
    'Where the scale is "log", the exponents are drawn for powers of 10 and used for powers of e.',
    "Taking a logarithm and raising to a power undo each other only with one and the same base.",
    "Look at the smallest and the largest value that is tried.",
    replace={"10 ** rng": "math.e ** rng"},
)
random_lowest = edited(
    "random_search",
    "random_lowest",
    "The setting of the lowest score is returned as the best.",
    HIGHER,
    "Look at the comparison that keeps the best.",
    replace={"max(history": "min(history"},
)
random_last_of_equal = edited(
    "random_search",
    "random_last_of_equal",
    "Of several settings with the highest score the last is returned instead of the first.",
    "A score that is only as good as the best so far does not replace it.",
    "Look at the comparison that keeps the best.",
    replace={"max(history, ": "max(reversed(history), "},
)
random_last_returned = edited(
    "random_search",
    "random_last_returned",
    "The last trial is returned as the best.",
    "What is wanted is the trial of the highest score, and the loop goes on after it.",
    "Look at which variables are returned, and when they were set.",
    replace={"max(history, key=lambda trial: trial[1])": "history[-1]"},
)


@mistake(
    "random_search",
    "The best score starts at 0, so that nothing is found where all scores are negative.",
    "A score may be any number; the first one is the best so far, whatever it is.",
    "Look at the value that the best score has before the loop.",
)
def random_from_zero(objective, space, n_trials, seed):
    rng = np.random.default_rng(seed)
    best_setting, best_score, history = dict.fromkeys(space, 0.0), 0, []
    for _ in range(n_trials):
        setting = {}
        for name, (low, high, scale) in space.items():
            u = rng.uniform()
            setting[name] = low * (high / low) ** u if scale == "log" else low + (high - low) * u
        history.append((setting, objective(setting)))
        if history[-1][1] > best_score:
            best_setting, best_score = history[-1]
    return best_setting, best_score, history


random_reseeded = edited(
    "random_search",
    "random_reseeded",
    "The generator is seeded anew in every trial, so that all the trials are the same.",
    "After seeding, a generator starts from the beginning; it has to be seeded once per search.",
    "Look at whether the seed is used inside or outside of the loop.",
    replace={"        setting = {}\n": "        setting, rng = {}, np.random.default_rng(seed)\n"},
)
random_seed_unused = edited(
    "random_search",
    "random_seed_unused",
    "The trials do not depend on the seed: each call makes other ones.",
    "With a seed an experiment can be repeated, by others too.",
    "Look at where the seed enters the generator that draws.",
    replace={"np.random.default_rng(seed)": "np.random"},
)
random_seed_fixed = edited(
    "random_search",
    "random_seed_fixed",
    "The trials are the same for every seed.",
    "Another seed is how one gets further trials.",
    "Look at what the generator is seeded with.",
    replace={"default_rng(seed)": "default_rng(0)"},
)


@mistake(
    "random_search",
    "One draw decides about the values of all names, so that only a line through the space is searched.",
    "Good settings may lie anywhere: each name needs a draw of its own.",
    "Count the numbers that are drawn in one trial.",
)
def random_on_a_line(objective, space, n_trials, seed):
    rng = np.random.default_rng(seed)
    history = []
    for _ in range(n_trials):
        u, setting = rng.uniform(), {}
        for name, (low, high, scale) in space.items():
            setting[name] = low * (high / low) ** u if scale == "log" else low + (high - low) * u
        history.append((setting, objective(setting)))
    return *max(history, key=lambda trial: trial[1]), history


@mistake(
    "random_search",
    "The values are laid out evenly and only put in another order.",
    "That is a grid with one value per trial; a random search draws each value independently.",
    "Look at where chance enters.",
)
def random_shuffled_grid(objective, space, n_trials, seed):
    rng = np.random.default_rng(seed)
    history = []
    shares = {name: rng.permutation(np.linspace(0, 1, n_trials)) for name in space}
    for trial in range(n_trials):
        setting = {}
        for name, (low, high, scale) in space.items():
            u = shares[name][trial]
            setting[name] = low * (high / low) ** u if scale == "log" else low + (high - low) * u
        history.append((setting, objective(setting)))
    return *max(history, key=lambda trial: trial[1]), history


random_rounded = edited(
    "random_search",
    "random_rounded",
    "Values are rounded to whole numbers.",
    "Here every hyperparameter is a real number.",
    "Look at what draws the values on the linear scale.",
    replace={"float(rng.uniform(low, high))": "float(np.clip(np.round(rng.uniform(low, high)), low, high))"},
)
random_one_less = edited(
    "random_search",
    "random_one_less",
    "One trial fewer is made than asked for.",
    "range(1, n) counts from 1 to n - 1.",
    "Count the entries of the history.",
    replace={"range(n_trials)": "range(max(n_trials - 1, 1))"},
)
random_sorted = edited(
    "random_search",
    "random_sorted",
    "The history is sorted by score instead of being in the order of the trials.",
    "The history is a diary: what was tried when.",
    "Look at what happens to the history before it is returned.",
    replace={
        "return best_setting, best_score, history": (
            "return best_setting, best_score, sorted(history, key=lambda trial: -trial[1])"
        )
    },
)
random_called_twice = edited(
    "random_search",
    "random_called_twice",
    "The objective is called more than once for a trial.",
    "A call stands for a training: a second one for the same setting is a day lost.",
    "Keep the score that a call returns, and use it wherever it is needed.",
    replace={"(setting, objective(setting))": "(setting, objective(setting) and objective(setting))"},
)

# --- coarse_to_fine ---------------------------------------------------------------------------------------

fine_never_closes = edited(
    "coarse_to_fine",
    "fine_never_closes",
    "Every round draws from the whole space: no window closes in.",
    "The first rounds show where good settings lie; the later ones should look there.",
    "Look at which range the later rounds draw from.",
    replace={"if best_setting is not None": "if False"},
)
fine_around_the_last = edited(
    "coarse_to_fine",
    "fine_around_the_last",
    "A window is laid around the best of the round before, even where an earlier round was better.",
    "A round with bad luck should not drag the search away from the best setting known.",
    "Look at what your best setting is compared with: its own round, or all of them?",
    replace={"best_setting[name]": "max(history[-n_trials:], key=lambda trial: trial[1])[0][name]"},
)
fine_around_the_middle = edited(
    "coarse_to_fine",
    "fine_around_the_middle",
    "The windows lie in the middle of the space instead of around the best setting.",
    "Closing in makes sense only where the scores are good.",
    "Look at what the window is centred on.",
    replace={
        'np.log10(best_setting[name]) if scale == "log" else best_setting[name]': "(a + b) / 2",
    },
)
fine_twice_as_wide = edited(
    "coarse_to_fine",
    "fine_twice_as_wide",
    "The windows are twice as wide as they should be.",
    "The width is measured from end to end, and the centre has half of it on either side.",
    "Work out by hand where the window of the second round begins and ends.",
    replace={"shrink**r / 2": "shrink**r"},
)
fine_half_as_wide = edited(
    "coarse_to_fine",
    "fine_half_as_wide",
    "The windows are half as wide as they should be.",
    "The width is measured from end to end, and the centre has half of it on either side.",
    "Work out by hand where the window of the second round begins and ends.",
    replace={"shrink**r / 2": "shrink**r / 4"},
)
fine_shrinks_once = edited(
    "coarse_to_fine",
    "fine_shrinks_once",
    "The windows shrink in the second round and keep their width from then on.",
    "Each window is shrink times as wide as the one of the round before.",
    "Work out by hand how wide the window of the third round is.",
    replace={"shrink**r": "shrink"},
)
fine_shrinks_late = edited(
    "coarse_to_fine",
    "fine_shrinks_late",
    "The windows shrink one round too late: the second round's is as wide as the space.",
    "The second round is the first one with a smaller window.",
    "Work out by hand how wide the window of the second round is.",
    replace={"shrink**r": "shrink ** (r - 1)"},
)
fine_not_cut_off = edited(
    "coarse_to_fine",
    "fine_not_cut_off",
    "Settings outside of the space are tried where the best one lies near its edge.",
    "A range may be given because nothing beyond it makes sense, such as a momentum of 1.",
    "Look at the ends of a window around a setting at the edge.",
    replace={"max(a, centre - half), min(b, centre + half)": "centre - half, centre + half"},
)


@mistake(
    "coarse_to_fine",
    "A window that sticks out of the space is moved back inside with its full width.",
    "The part outside is cut off and the rest stays where it is.",
    "Work out by hand the window around a setting at the edge of the space.",
)
def fine_moved_inside(objective, space, n_trials, n_rounds, shrink, seed):
    rng, history = np.random.default_rng(seed), []
    best_setting = best_score = None
    for r in range(n_rounds):
        window = {}
        for name, (low, high, scale) in space.items():
            a, b = (np.log10(low), np.log10(high)) if scale == "log" else (low, high)
            if best_setting is not None:
                centre = np.log10(best_setting[name]) if scale == "log" else best_setting[name]
                width = (b - a) * shrink**r
                a = np.clip(centre - width / 2, a, b - width)
                b = a + width
            window[name] = (a, b, scale)
        for _ in range(n_trials):
            drawn = {name: rng.uniform(a, b) for name, (a, b, _) in window.items()}
            setting = {name: 10**v if window[name][2] == "log" else v for name, v in drawn.items()}
            history.append((setting, objective(setting)))
        best_setting, best_score = max(history, key=lambda trial: trial[1])
    return best_setting, best_score, history


@mistake(
    "coarse_to_fine",
    "Every round repeats the draws of the round before, in a smaller window.",
    "A round that is seeded like the one before it draws the same numbers again.",
    "Look at which seed each round's draws start from.",
)
def fine_same_draws(objective, space, n_trials, n_rounds, shrink, seed):
    history, best_setting, best_score = [], None, None
    for r in range(n_rounds):
        rng, window = np.random.default_rng(seed), {}
        for name, (low, high, scale) in space.items():
            a, b = (np.log10(low), np.log10(high)) if scale == "log" else (low, high)
            if best_setting is not None:
                centre = np.log10(best_setting[name]) if scale == "log" else best_setting[name]
                half = (b - a) * shrink**r / 2
                a, b = max(a, centre - half), min(b, centre + half)
            window[name] = (a, b, scale)
        for _ in range(n_trials):
            drawn = {name: rng.uniform(a, b) for name, (a, b, _) in window.items()}
            setting = {name: 10**v if window[name][2] == "log" else v for name, v in drawn.items()}
            history.append((setting, objective(setting)))
        best_setting, best_score = max(history, key=lambda trial: trial[1])
    return best_setting, best_score, history


fine_linear_windows = edited(
    "coarse_to_fine",
    "fine_linear_windows",
    'The scale "log" is ignored: windows and draws are linear everywhere.',
    "Half of a window from 0.001 to 1 is, on a logarithmic scale, three halves of an order of magnitude.",
    "Look at whether the third entry of a name's range is read at all.",
    replace={'scale == "log"': "False"},
)
fine_best_of_last_round = edited(
    "coarse_to_fine",
    "fine_best_of_last_round",
    "The best of the last round is returned, even where an earlier round was better.",
    "All trials count, whichever round they belong to.",
    "Look at which trials the best one is chosen from at the end.",
    replace={
        "    return best_setting, best_score, history": (
            "    return *max(history[-n_trials:], key=lambda trial: trial[1]), history"
        )
    },
)
fine_last_history_alone = edited(
    "coarse_to_fine",
    "fine_last_history_alone",
    "The history holds the last round only.",
    "All trials belong in it, n_rounds times n_trials of them.",
    "Look at where the history begins anew.",
    replace={
        "    return best_setting, best_score, history": (
            "    return best_setting, best_score, history[-n_trials:]"
        )
    },
)
fine_lowest = edited(
    "coarse_to_fine",
    "fine_lowest",
    "The search closes in on the lowest score.",
    HIGHER,
    "Look at the comparison that keeps the best.",
    replace={"max(history": "min(history"},
)
fine_round_too_many = edited(
    "coarse_to_fine",
    "fine_round_too_many",
    "One round more is made than asked for.",
    "The search of the whole space is the first of the n_rounds rounds.",
    "Count the entries of the history.",
    replace={"range(n_rounds)": "range(n_rounds + 1)"},
)

# --- gp_posterior -----------------------------------------------------------------------------------------

gp_no_noise = edited(
    "gp_posterior",
    "gp_no_noise",
    "The noise is left out: the prediction goes through every measurement.",
    "Measurements vary by themselves; the noise's variance on the diagonal says by how much.",
    "Look at the matrix that is inverted.",
    replace={" + noise_variance * np.eye(len(X))": ""},
)
gp_noise_squared = edited(
    "gp_posterior",
    "gp_noise_squared",
    "The noise variance is squared once more.",
    "A variance is a square already.",
    "Look at what stands on the diagonal.",
    replace={"noise_variance * np.eye": "noise_variance**2 * np.eye"},
)
gp_noise_everywhere = edited(
    "gp_posterior",
    "gp_noise_everywhere",
    "The noise variance is added to every entry of the matrix, not to its diagonal alone.",
    "The noise of one measurement has nothing to do with that of another.",
    "Look at which matrix the noise variance is multiplied by.",
    replace={"noise_variance * np.eye(len(X))": "noise_variance"},
)
gp_noise_in_variance = edited(
    "gp_posterior",
    "gp_noise_in_variance",
    "The variance returned has the noise of a new measurement in it.",
    "Asked for is how uncertain the score itself is.",
    "Try a new point far away from all others: its variance is the signal's.",
    replace={"variance = signal_variance -": "variance = signal_variance + noise_variance -"},
)
gp_signal_squared = edited(
    "gp_posterior",
    "gp_signal_squared",
    "The signal variance is squared once more.",
    "A variance is a square already.",
    "Look at the factor of the kernel.",
    replace={
        "signal_variance * np.exp": "signal_variance**2 * np.exp",
        "variance = signal_variance": "variance = signal_variance**2",
    },
)
gp_prior_one = edited(
    "gp_posterior",
    "gp_prior_one",
    "The variance starts from 1, whatever the signal variance is.",
    "Before anything is known, the variance is the kernel of the point with itself.",
    "Try a new point far away from all others: its variance is the signal's.",
    replace={"variance = signal_variance -": "variance = 1 -"},
)
gp_no_half = edited(
    "gp_posterior",
    "gp_no_half",
    "The 2 in the kernel's exponent is missing.",
    "At a distance of one length scale, the kernel has fallen to exp(-1/2) of its height.",
    "Compare the exponent with the docstring.",
    replace={"2 * length_scale**2": "length_scale**2"},
)
gp_length_not_squared = edited(
    "gp_posterior",
    "gp_length_not_squared",
    "The length scale is not squared.",
    "An exponent is a pure number: a squared distance needs a squared length below it.",
    "Compare the exponent with the docstring.",
    replace={"length_scale**2": "length_scale"},
)
gp_length_multiplied = edited(
    "gp_posterior",
    "gp_length_multiplied",
    "The exponent is multiplied by the squared length scale instead of divided by it.",
    "Python goes from left to right: what follows a product in the same line is not below it.",
    "Put brackets around the denominator.",
    replace={"/ (2 * length_scale**2)": "/ 2 * length_scale**2"},
)
gp_distance_not_squared = edited(
    "gp_posterior",
    "gp_distance_not_squared",
    "The distance in the exponent is not squared.",
    "Without the square the kernel has a peak, and predictions have kinks.",
    "Compare the exponent with the docstring.",
    replace={"-squares /": "-np.sqrt(squares) /"},
)
gp_exponent_positive = edited(
    "gp_posterior",
    "gp_exponent_positive",
    "The exponent has no minus sign, so that points are the more alike the farther apart they are.",
    "Scores of distant points should tell nothing about each other.",
    "Print the kernel of two points that are far apart.",
    replace={"-squares /": "squares /"},
)
gp_variance_added = edited(
    "gp_posterior",
    "gp_variance_added",
    "What is known makes the variance larger instead of smaller.",
    "A measurement nearby can only take uncertainty away.",
    "Look at the sign between the two terms of the variance.",
    replace={"variance = signal_variance - np.sum": "variance = signal_variance + np.sum"},
)
gp_deviation = edited(
    "gp_posterior",
    "gp_deviation",
    "The standard deviation is returned in the place of the variance.",
    "The second thing asked for is the variance.",
    "Look at the last line.",
    replace={"np.maximum(variance, 0.0)": "np.sqrt(np.maximum(variance, 0.0))"},
)
gp_covariance = edited(
    "gp_posterior",
    "gp_covariance",
    "The whole covariance matrix of the new points is returned in the place of their variances.",
    "One number per new point is asked for; these are on the diagonal.",
    "Look at the shape of what you return.",
    replace={
        "variance = signal_variance - np.sum(k_new * np.linalg.solve(K, k_new.T).T, axis=1)": (
            "variance = kernel(X_new, X_new) - k_new @ np.linalg.solve(K, k_new.T)"
        ),
        "np.maximum(variance, 0.0)": "variance",
    },
)
gp_mean_taken_off = edited(
    "gp_posterior",
    "gp_mean_taken_off",
    "The mean of the scores is taken off before and put back after.",
    "That is a good habit, but not what is asked for: here scores have the mean 0 before anything is known.",
    "Try a new point far away from all others: its mean is 0.",
    replace={"k_new @ np.linalg.solve(K, y)": "np.mean(y) + k_new @ np.linalg.solve(K, y - np.mean(y))"},
)
gp_columns = edited(
    "gp_posterior",
    "gp_columns",
    "Mean and variance are returned as columns of shape (k, 1).",
    "One number per new point, in a flat array, is asked for.",
    "Look at the shape of what you return.",
    replace={
        "return mean, np.maximum(variance, 0.0)": "return mean[:, None], np.maximum(variance, 0.0)[:, None]"
    },
)
gp_not_inverted = edited(
    "gp_posterior",
    "gp_not_inverted",
    "The covariances are used as they are: the matrix is not inverted.",
    "Without the inverse, points close to each other count twice for what they both say.",
    "Compare mean and variance with the docstring: where does the inverse stand?",
    replace={"np.linalg.solve(K, y)": "y", "np.linalg.solve(K, k_new.T)": "k_new.T"},
)

# --- expected_improvement ---------------------------------------------------------------------------------

improvement_reversed = edited(
    "expected_improvement",
    "improvement_reversed",
    "The improvement is taken the wrong way round, as if low scores were good.",
    HIGHER,
    "Look at what is subtracted from what.",
    replace={"mean - best - xi": "best - mean - xi"},
)
improvement_xi_added = edited(
    "expected_improvement",
    "improvement_xi_added",
    "xi is added, so that a candidate improves on the best without reaching it.",
    "xi sets the bar higher, not lower.",
    "Look at the sign of xi.",
    replace={"mean - best - xi": "mean - best + xi"},
)
improvement_xi_ignored = edited(
    "expected_improvement",
    "improvement_xi_ignored",
    "xi has no effect.",
    "xi says how much better than the best a candidate has to be.",
    "Look at where xi enters.",
    replace={"mean - best - xi": "mean - best"},
)
improvement_xi_fixed = edited(
    "expected_improvement",
    "improvement_xi_fixed",
    "xi is always 0.01, whatever is passed.",
    "An argument that the function does not read cannot have an effect.",
    "Look for a number in the function that should be a name.",
    replace={"mean - best - xi": "mean - best - 0.01"},
)
improvement_xi_in_z_alone = edited(
    "expected_improvement",
    "improvement_xi_in_z_alone",
    "xi is in z but not in the factor before Phi.",
    "Both are the same difference.",
    "Compare the two places with the docstring.",
    replace={"is_open, gain * below": "is_open, (gain + xi) * below"},
)
improvement_no_root = edited(
    "expected_improvement",
    "improvement_no_root",
    "The variance is used where the standard deviation is meant.",
    "z is a pure number: a difference of scores over something of the same unit.",
    "Look at what sigma is.",
    replace={"np.sqrt(variance)": "variance"},
)
improvement_probability = edited(
    "expected_improvement",
    "improvement_probability",
    "The probability of an improvement is returned, not its expected size.",
    "A sure gain of almost nothing is worth less than a fair chance of a large one.",
    "Look at what each of the two terms is multiplied by.",
    replace={"gain * below + sigma * density": "below"},
)
improvement_no_density = edited(
    "expected_improvement",
    "improvement_no_density",
    "The term with the density is missing.",
    "It is what makes uncertain candidates attractive.",
    "Compare the two terms with the docstring.",
    replace={" + sigma * density": ""},
)
improvement_density_alone = edited(
    "expected_improvement",
    "improvement_density_alone",
    "The density is not multiplied by sigma.",
    "Both terms are in units of the score.",
    "Compare the two terms with the docstring.",
    replace={"sigma * density": "density"},
)
improvement_exchanged = edited(
    "expected_improvement",
    "improvement_exchanged",
    "Density and distribution function have changed places.",
    "phi is the bell curve; Phi is the area below it, up to z.",
    "Compare the two terms with the docstring.",
    replace={"gain * below + sigma * density": "gain * density + sigma * below"},
)
improvement_no_root_of_two = edited(
    "expected_improvement",
    "improvement_no_root_of_two",
    "erf is taken of z itself instead of z over the root of 2.",
    "erf belongs to a bell curve that is narrower than the standard normal one.",
    "Compare Phi with the docstring.",
    replace={"math.erf(value / math.sqrt(2))": "math.erf(value)"},
)
improvement_erf_alone = edited(
    "expected_improvement",
    "improvement_erf_alone",
    "erf itself is taken for the distribution function.",
    "erf goes from -1 to 1, a distribution function from 0 to 1.",
    "Compare Phi with the docstring.",
    replace={"(1 + math.erf(value / math.sqrt(2))) / 2": "math.erf(value / math.sqrt(2))"},
)
improvement_density_unscaled = edited(
    "expected_improvement",
    "improvement_density_unscaled",
    "The density is not divided by the root of 2 pi.",
    "The area below a density is 1.",
    "Compare phi with the docstring.",
    replace={" / np.sqrt(2 * np.pi)": ""},
)
improvement_nan = edited(
    "expected_improvement",
    "improvement_nan",
    "Where the variance is 0 the result is not a number.",
    "Without variance nothing is left to chance, and z would be divided by 0.",
    "Treat candidates without variance apart.",
    replace={"np.where(is_open, sigma, 1.0)": "sigma", "is_open, gain": "is_open | True, gain"},
)
improvement_zero = edited(
    "expected_improvement",
    "improvement_zero",
    "Where the variance is 0 the improvement is 0, also where the mean is above the best.",
    "A candidate that is better for certain does improve on the best.",
    "Look at what is returned for candidates without variance.",
    replace={"np.maximum(gain, 0.0)": "0.0"},
)
improvement_negative = edited(
    "expected_improvement",
    "improvement_negative",
    "Where the variance is 0 a worse candidate gets a negative improvement.",
    "Who finds nothing better keeps what there is: an improvement is never below 0.",
    "Look at what is returned for candidates without variance.",
    replace={"np.maximum(gain, 0.0)": "gain"},
)

# --- bayesian_search --------------------------------------------------------------------------------------

bayes_lowest = edited(
    "bayesian_search",
    "bayes_lowest",
    "The candidate of the lowest score is returned as the best.",
    HIGHER,
    "Look at how the best is chosen at the end.",
    replace={"np.argmax(scores)": "np.argmin(scores)"},
)
bayes_least_improvement = edited(
    "bayesian_search",
    "bayes_least_improvement",
    "The candidate is tried from which the least improvement is expected.",
    "The expected improvement is what each trial is chosen by: the more, the better.",
    "Look at how the next candidate is chosen.",
    replace={"-np.inf": "np.inf", "np.argmax(improvement)": "np.argmin(improvement)"},
)
bayes_highest_mean = edited(
    "bayesian_search",
    "bayes_highest_mean",
    "The candidate of the highest predicted mean is tried, whatever its variance.",
    "Who only looks where it is good already never finds what is better elsewhere.",
    "Look at how the next candidate is chosen.",
    replace={"expected_improvement(mean, variance, max(scores))": "mean.copy()"},
)
bayes_highest_variance = edited(
    "bayesian_search",
    "bayes_highest_variance",
    "The candidate of the highest variance is tried, whatever its mean.",
    "That learns most about the objective, also where it is known to be bad.",
    "Look at how the next candidate is chosen.",
    replace={"expected_improvement(mean, variance, max(scores))": "variance.copy()"},
)
bayes_tried_again = edited(
    "bayesian_search",
    "bayes_tried_again",
    "Candidates are tried that were tried before.",
    "A second call returns the same score and teaches nothing.",
    "Look at which candidates the next one is chosen from.",
    replace={"        improvement[tried] = -np.inf\n": ""},
)
bayes_fitted_once = edited(
    "bayesian_search",
    "bayes_fitted_once",
    "The prediction uses the first n_init trials alone; what was found later is not learned from.",
    "Each score says something about where to look next.",
    "Look at which trials are handed to the prediction in the second step.",
    replace={
        "gp_posterior(candidates[tried], np.array(scores)": (
            "gp_posterior(candidates[tried[:n_init]], np.array(scores[:n_init])"
        )
    },
)
bayes_best_of_first = edited(
    "bayesian_search",
    "bayes_best_of_first",
    "The bar to beat stays at the best of the first n_init trials.",
    "Once something better is found, this is what has to be improved on.",
    "Look at what is handed to the expected improvement as the best.",
    replace={"variance, max(scores)": "variance, max(scores[:n_init])"},
)
bayes_last_score = edited(
    "bayesian_search",
    "bayes_last_score",
    "The bar to beat is the last score instead of the best.",
    "An improvement is one on the best score so far.",
    "Look at what is handed to the expected improvement as the best.",
    replace={"variance, max(scores)": "variance, scores[-1]"},
)
bayes_n_iter_in_all = edited(
    "bayesian_search",
    "bayes_n_iter_in_all",
    "n_iter counts the first trials too, so that fewer steps are made.",
    "The n_iter steps come after the n_init trials.",
    "Count the entries of the history.",
    replace={"range(n_iter)": "range(n_iter - n_init)"},
)
bayes_one_step_too_many = edited(
    "bayesian_search",
    "bayes_one_step_too_many",
    "One step more is made than asked for.",
    "range(n) counts n steps, from 0 on.",
    "Count the entries of the history.",
    replace={"range(n_iter)": "range(n_iter + 1)"},
)
bayes_not_drawn = edited(
    "bayesian_search",
    "bayes_not_drawn",
    "The first trials are the first candidates of the list; nothing is drawn.",
    "A list has an order, and its beginning lies in one corner of the space.",
    "Look at how the first indices are chosen.",
    replace={"np.random.permutation(len(candidates))": "np.arange(len(candidates))"},
)
bayes_other_generator = edited(
    "bayesian_search",
    "bayes_other_generator",
    "The permutation comes from np.random.default_rng, which gives another order than np.random.seed does.",
    "The two generators of numpy draw different numbers from the same seed.",
    "Follow the protocol of the docstring: the same calls, in the same order.",
    replace={
        "    np.random.seed(seed)\n": "    rng = np.random.default_rng(seed)\n",
        "np.random.permutation": "rng.permutation",
    },
)
bayes_seed_fixed = edited(
    "bayesian_search",
    "bayes_seed_fixed",
    "The first trials are the same for every seed.",
    "Another seed is how one gets another start.",
    "Look at what np.random.seed is given.",
    replace={"np.random.seed(seed)": "np.random.seed(0)"},
)
bayes_last_returned = edited(
    "bayesian_search",
    "bayes_last_returned",
    "The last trial is returned as the best.",
    "What is wanted is the trial of the highest score, and the search goes on after it.",
    "Look at how the best is chosen at the end.",
    replace={"int(np.argmax(scores))": "-1"},
)
bayes_place_returned = edited(
    "bayesian_search",
    "bayes_place_returned",
    "The best trial's place in the history is returned instead of the candidate's index.",
    "The number of a trial and the row of its candidate are two different things.",
    "Look at what the returned index counts.",
    replace={"return tried[best]": "return best"},
)
bayes_numbers_reversed = edited(
    "bayesian_search",
    "bayes_numbers_reversed",
    "The prediction takes the noise variance for the length scale.",
    "Over which distance scores are alike decides how far one has to go to learn something new.",
    "Compare the numbers handed to the prediction with the docstring, and their order.",
    replace={"candidates, 1.0, 1.0, 0.001": "candidates, 0.001, 1.0, 1.0"},
)
