"""Finds submissions in folders."""
