"""Finds submissions in folders and reads their bytes; nothing here parses what a student wrote."""
