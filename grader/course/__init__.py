"""What is asked: assignments, exercises, cases, tolerances, limits, and their vectors."""
