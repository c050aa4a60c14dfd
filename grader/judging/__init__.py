"""Judges what came back: compare, properties, diagnosis, score. Pure functions."""
