"""Names of the items of tuples, as docstrings give them."""

import inspect

from grader.authoring.docstrings import item_names


def example(X, cache):
    """Do something.

    It is done well.

    Parameters
    ----------
    X : ndarray of shape (n_x, m)
        (not, a, tuple) of things.
    cache : tuple of 3
        (Z1, A1,
        W1), as they were left.

    Returns
    -------
    parameters : dict
        After the step.
    v, s : dict
        The new averages.

    Notes
    -----
    other : tuple
        (a, b, c)
    """


def test_items_returned_and_items_of_tuples_have_names():
    names = item_names(inspect.getdoc(example))
    assert names == {"cache": ("Z1", "A1", "W1"), "other": ("a", "b", "c"), "": ("parameters", "v", "s")}


def test_a_single_thing_returned_needs_no_name():
    assert item_names("Do it.\n\nReturns\n-------\ncost : float\n") == {}
    assert item_names("Do it.") == {}
    assert item_names("") == {}
