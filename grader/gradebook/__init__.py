"""The gradebook: attempts, results with raw outputs, and the instructor's words; rows are only ever added."""

from grader.gradebook.book import Gradebook, Standing, Stored, Versions
from grader.gradebook.entries import Attempt, Entry, Event, Remark

__all__ = ["Attempt", "Entry", "Event", "Gradebook", "Remark", "Standing", "Stored", "Versions"]
