"""softmark: grades numpy assignments in a sealed box and says why a number is wrong."""

__version__ = "0.1.0"
