"""The tables of the gradebook. Rows are added and never changed: triggers of the database refuse the rest.

::

    runs ◀── attempts ◀── results ──▶ outputs
                             remarks (who, on what, by whom, why)

The result that counts for a student and an assignment is the one added last; one that a fault of ours left
without a grade does not take the place of a graded one of the same attempt. Order is that of the numbers of
rows, never of a clock. Times are text: ISO 8601, UTC.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    event,
)

__all__ = ["VERSION", "attempts", "metadata", "outputs", "remarks", "results", "runs", "version"]

#: The newest of `migrations.versions`, which makes these tables.
VERSION: Final = "0002"

#: Constraints and indexes have the same names in every database, so that migrations can speak of them.
metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

#: One `grade run` or `grade rescore --apply`, with what it ran on, and the folder of its course.
runs: Final = Table(
    "runs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("started", String(32), nullable=False),
    Column("grader", String(32), nullable=False),
    Column("python", String(32), nullable=False),
    Column("numpy", String(32), nullable=False),
    Column("course", Text, nullable=True),
)

#: A file that a student handed in: one row each time that its content is another.
attempts: Final = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("student", String, nullable=False),
    Column("assignment", String, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("path", Text, nullable=False),
    Column("seen", String(32), nullable=False),
    Index(None, "student", "assignment"),
)

#: What the box brought back, compressed; the same outputs are kept once.
outputs: Final = Table(
    "outputs",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("packed", LargeBinary, nullable=False),
)

#: A result of an attempt: of a run, of a rescore, or an earlier one that an instructor restored.
results: Final = Table(
    "results",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("attempt_id", ForeignKey("attempts.id"), nullable=False),
    Column("run_id", ForeignKey("runs.id"), nullable=False),
    Column("student", String, nullable=False),
    Column("assignment", String, nullable=False),
    Column("origin", String(16), nullable=False),
    Column("key", String(64), nullable=False),
    Column("build", String(64), nullable=False),
    Column("asked", String(64), nullable=False),
    Column("made", String(32), nullable=False),
    Column("score", Float, nullable=False),
    Column("max_score", Float, nullable=False),
    Column("graded", Boolean, nullable=False),
    Column("packed", LargeBinary, nullable=False),
    Column("outputs_sha256", ForeignKey("outputs.sha256"), nullable=True),
    Index(None, "student", "assignment"),
)

#: What an instructor said: points in place of the grader's, the withdrawal of such, or a comment. `after` is
#: the number of the last result of all when it was said, which places it without a clock.
remarks: Final = Table(
    "remarks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("student", String, nullable=False),
    Column("assignment", String, nullable=False),
    Column("exercise", String, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("points", Float, nullable=True),
    Column("text", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("after", Integer, nullable=False),
    Column("made", String(32), nullable=False),
    Index(None, "student", "assignment"),
)

#: What Alembic makes to take note of the version.
version: Final = Table(
    "alembic_version",
    MetaData(),
    Column("version_num", String(32), nullable=False),
    PrimaryKeyConstraint("version_num", name="alembic_version_pkc"),
)


def _forbid_changes(table: Table, connection: Connection, **_: object) -> None:
    """Protect the rows of a new table, as the first migration does; only SQLite's are made without it."""
    for action in ("UPDATE", "DELETE"):
        connection.exec_driver_sql(
            f"CREATE TRIGGER {table.name}_no_{action.lower()} BEFORE {action} ON {table.name} "
            "BEGIN SELECT RAISE(ABORT, 'the gradebook is append-only'); END"
        )


for _table in metadata.sorted_tables:
    event.listen(_table, "after_create", _forbid_changes)
