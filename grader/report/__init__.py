"""Turns finished results into pages and tables."""
