"""How a gradebook of an earlier version becomes one of today: one file for each step, run by Alembic."""
