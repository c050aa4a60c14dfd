"""What tests of the build share."""

from collections.abc import Callable

#: ``edit(file, old, new)`` replaces a piece of a file of one's own course.
Edit = Callable[[str, str, str], None]
