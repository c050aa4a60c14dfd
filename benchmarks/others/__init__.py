"""softmark beside other graders, on the same files and the same cases."""
