"""Runs say for which course they were: a gradebook is for one. Of earlier runs it is not known."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column; no row changes."""
    op.add_column("runs", sa.Column("course", sa.Text(), nullable=True))
