"""Fuzzing: what comes from outside, changed byte by byte, and what has to hold of it all the same.

`fuzz.targets` has one module for each thing that reads what others wrote. Each has ``check(data)``, which
raises where a property does not hold, and ``seeds()``, small inputs made by the project's own encoders. None
of them knows atheris: the tests run the same checks on a few inputs (``tests/fuzz``), `fuzz.__main__` on
millions, guided by coverage.
"""
