"""What any right `random_flip` and `random_crop` have in common, whichever generator they draw from.

Each property looks at the results of the fourteen calls that `calls.py` makes. Where it weighs chances it
objects only to what would happen to right code with a probability below `ALARM`. A submission meets fewer
than three hundred such tests, so right code is wrongly blamed less than once in 1e9 submissions.
"""

import numpy as np

ALARM = 1e-12

# --- random_flip ------------------------------------------------------------------------------------------


def each_image_as_it_was_or_mirrored(inputs, returned):
    """Every image returned is the one given, or its mirror image left to right."""
    images = inputs["images"].astype(float)
    results = _all_results(returned)
    kept, mirrored = _same_images(results, images), _same_images(results, images[:, :, ::-1])
    if np.all(kept | mirrored):
        return None
    for changed, explanation in [
        (
            images[:, ::-1],
            "Images are turned upside down: the order of the rows is reversed, not that of the columns.",
        ),
        (images[:, ::-1, ::-1], "Images are turned by half a turn: rows are reversed beside the columns."),
        (images[..., ::-1], "The channels are reversed instead of the columns."),
        (images[:, :, ::-1, ::-1], "The channels are reversed beside the columns."),
        (images[::-1], "The order of the images changes; each has to stay in its place."),
    ]:
        if np.all(kept | _same_images(results, changed)):
            return explanation
    return "An image is neither as it was nor its mirror image."


def some_mirrored_and_some_not(inputs, returned):
    """Over all the calls some images are mirrored and some are not."""
    flips, p = _flips(inputs, returned), inputs["p"]
    if flips.all() and p**flips.size < ALARM:
        return "Every image is mirrored, whatever the probability asked for."
    if not flips.any() and (1 - p) ** flips.size < ALARM:
        return "No image is ever mirrored."
    return None


def seed_decides_which_are_mirrored(inputs, returned):
    """Different seeds mirror different images."""
    flips, p = _flips(inputs, returned), inputs["p"]
    calls, count = flips.shape
    by_chance = (p**calls + (1 - p) ** calls) ** count
    if np.all(flips == flips[0]) and by_chance < ALARM:
        return "The same images are mirrored whatever the seed."
    return None


def images_decide_for_themselves(inputs, returned):
    """Images are mirrored neither all together nor in a number fixed beforehand."""
    flips, p = _flips(inputs, returned), inputs["p"]
    calls, count = flips.shape
    together = (p**count + (1 - p) ** count) ** calls
    if np.all(flips == flips[:, :1]) and together < ALARM:
        return "In each call all images are mirrored together or none is; every image decides for itself."
    numbers = flips.sum(axis=1)
    same_number = np.sum(_binomial(count, p) ** calls)
    if np.all(numbers == numbers[0]) and same_number < ALARM:
        return (
            "Every call mirrors the same number of images; where each decides for itself, the number varies."
        )
    return None


def mirrored_as_often_as_asked(inputs, returned):
    """The share of mirrored images agrees with the probability asked for."""
    flips, p = _flips(inputs, returned), inputs["p"]
    count, total = int(flips.sum()), flips.size
    if _plausible(count, total, p):
        return None
    if _plausible(count, total, 1 - p):
        return "Images are mirrored as often as they should be left as they are."
    return (
        f"Images are mirrored too {'often' if count > p * total else 'seldom'} for the probability asked for."
    )


# --- random_crop ------------------------------------------------------------------------------------------


def each_crop_is_a_window_of_its_image(inputs, returned):
    """Every crop is a rectangle of neighbouring rows and columns of its own image."""
    owners = _owners(inputs, _all_results(returned))
    if np.all(owners == np.arange(owners.shape[1])):
        return None
    if np.all(owners >= 0):
        return "A crop is a window of another image than its own."
    return "A crop is no window of its image: neighbouring rows and columns with all channels, unchanged."


def seed_decides_where_windows_lie(inputs, returned):
    """Different seeds give different places."""
    results = _of_different_seeds(returned)
    calls, count = results.shape[:2]
    by_chance = _number_of_places(inputs) ** (count * (1.0 - calls))
    if by_chance >= ALARM or np.any(results != results[0]):
        return None
    places = _places(inputs, results)
    if np.all(places == places[0, 0]):
        return "Every window lies at the same place, whatever the seed."
    return "The windows lie at the same places whatever the seed."


def images_draw_their_own_place(inputs, returned):
    """The images of one call do not share one place."""
    places = _places(inputs, _of_different_seeds(returned))
    calls, count = places.shape
    by_chance = _number_of_places(inputs) ** (calls * (1.0 - count))
    if np.all(places == places[:, :1]) and by_chance < ALARM:
        return "In each call all windows lie at the same place of their images; every image draws its own."
    return None


def every_place_is_equally_likely(inputs, returned):
    """No row, column or place is visited too often or too seldom."""
    rows, columns = _grid(inputs)
    places = _places(inputs, _of_different_seeds(returned)).ravel()
    tops, lefts = places // columns, places % columns
    for name, visited, number in [("row", tops, rows), ("column", lefts, columns)]:
        counts = np.bincount(visited, minlength=number)
        odd = ~_plausible(counts, places.size, 1 / number)
        if not odd.any():
            continue
        if counts[-1] == 0 and odd[-1]:
            return f"Windows never begin at the last {name} at which they fit."
        if counts[0] == 0 and odd[0]:
            return f"Windows never begin at the first {name}."
        return f"Windows do not begin at every {name} at which they fit equally often."
    counts = np.bincount(places, minlength=rows * columns)
    if np.all(_plausible(counts, places.size, 1 / (rows * columns))):
        return None
    return "The top row and the left column of a window depend on each other."


# --- both -------------------------------------------------------------------------------------------------


def same_seed_same_result(inputs, returned):
    """Two calls with one seed return the same."""
    if np.array_equal(returned["result"], returned["same seed again"]):
        return None
    return "Two calls with the same seed give different results."


def _all_results(returned):
    """Return the results of all calls as one array, calls first."""
    first = [returned["result"], returned["same seed again"]]
    return np.concatenate([np.array(first, dtype=float), returned["other seeds"]])


def _of_different_seeds(returned):
    return np.concatenate([np.array([returned["result"]], dtype=float), returned["other seeds"]])


def _same(a, b):
    """Say where two arrays agree to single precision, in which some keep their images."""
    return np.abs(a - b) <= 1e-9 + 1e-6 * np.abs(b)


def _same_images(results, images):
    """Say for each call and image whether the result is the image given, as (calls, m)."""
    return np.all(_same(results, images), axis=(2, 3, 4))


def _flips(inputs, returned):
    """Say for each seed and image whether it was mirrored, as (seeds, m)."""
    return _same_images(_of_different_seeds(returned), inputs["images"].astype(float)[:, :, ::-1])


def _grid(inputs):
    """Return the numbers of rows and of columns at which a window may begin."""
    (_, H, W, _), (h, w) = inputs["images"].shape, inputs["size"]
    return H - h + 1, W - w + 1


def _number_of_places(inputs):
    rows, columns = _grid(inputs)
    return rows * columns


def _corners(inputs, results):
    """Return image, row, column and channel from which the first pixel of each crop comes.

    The pixels of a case's images differ from each other, so one pixel tells where a crop was cut.
    """
    images = inputs["images"]
    order = np.argsort(images, axis=None)
    pixels = images.ravel()[order].astype(float)
    nearest = np.searchsorted((pixels[1:] + pixels[:-1]) / 2, results[..., 0, 0, 0])
    return np.unravel_index(order[nearest], images.shape)


def _owners(inputs, results):
    """Return for each crop of which image it is a window, as (calls, m); -1 where it is none."""
    images = inputs["images"].astype(float)
    image, top, left, channel = _corners(inputs, results)
    rows, columns = _grid(inputs)
    h, w = inputs["size"]
    below = np.minimum(top, rows - 1)[..., None, None] + np.arange(h)[:, None]
    beside = np.minimum(left, columns - 1)[..., None, None] + np.arange(w)
    same = np.all(_same(results, images[image[..., None, None], below, beside]), axis=(-3, -2, -1))
    return np.where(same & (channel == 0) & (top < rows) & (left < columns), image, -1)


def _places(inputs, results):
    """Return the places of crops that are windows, counted row by row, as (calls, m)."""
    _, top, left, _ = _corners(inputs, results)
    return top * _grid(inputs)[1] + left


def _binomial(total, p):
    """Return the probabilities of 0 ... total successes in as many trials of probability 0 < p < 1."""
    k = np.arange(total + 1)
    log_factorial = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, total + 1)))])
    log_ways = log_factorial[-1] - log_factorial - log_factorial[::-1]
    return np.exp(log_ways + k * np.log(p) + (total - k) * np.log1p(-p))


def _plausible(count, total, p):
    """Say whether right code comes this far below or above the expected number once in 1 / ALARM.

    `count` is a number or an array of them.
    """
    if p == 1:
        return np.equal(count, total)
    chances = _binomial(total, p)
    at_most, at_least = np.cumsum(chances), np.cumsum(chances[::-1])[::-1]
    return np.minimum(at_most[count], at_least[count]) >= ALARM
