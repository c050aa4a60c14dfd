"""Runs in the box. Imports the standard library, numpy, landlockpy and pyseccomp; nothing else of grader."""
