"""Runs a submission in a sealed box: the trusted half; `inside/` is what runs in it."""
