"""The gradebook: attempts, results with raw outputs, and the instructor's words; rows are only ever added.

`book.Gradebook` is the gradebook itself; what goes into it and what is read from it is in `entries`. The
processes that grade need the latter alone, and start without the libraries of the former.
"""
