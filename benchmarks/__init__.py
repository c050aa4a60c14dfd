"""Measurements: each command compares what it measures in one run, since machines are shared and noisy."""
