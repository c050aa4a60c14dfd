"""Mutants: faulty variants of the reference that are made by small edits of its syntax tree.

``expressions``, ``parts``, ``statements`` are the edits; ``edit`` makes them at one place or at several;
``trial`` runs a variant on the cases and ``probes`` on more inputs; ``pool`` does so in processes that may
die; ``make`` puts it together.
"""
