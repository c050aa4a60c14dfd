"""What the results of a cohort say about the class, about the cases and about single submissions.

Results are read once, one at a time; what is kept of each is a line of the table and a few counts. `model`
says what comes out, and is dashboard.json; the page and the tables show the same.
"""

from grader.report.analysis.cohort import Analysis, PassedOver
from grader.report.analysis.model import Dashboard

__all__ = ["Analysis", "Dashboard", "PassedOver"]
