"""The database behind a gradebook: a file of SQLite, or PostgreSQL by its URL; brought to today's version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from grader.errors import GradebookError
from grader.gradebook.tables import VERSION, metadata, version

__all__ = ["connect", "refusing", "shown", "where"]

#: Seconds that a writer waits for another one's transaction; each takes milliseconds.
_PATIENCE: Final = 30

#: What to do, by a word of the database's reason.
_REMEDIES: Final = {
    "psycopg": "pip install 'softmark[postgres]'",
    "full": "make room on the disk; what was kept so far stays",
    "No space": "make room on the disk; what was kept so far stays",
    "disk I/O": "see that the disk has room and is well; what was kept so far stays",
    "not a database": "name a gradebook with --gradebook; this file is something else",
    "malformed": "put the file's last good copy in its place; `sqlite3 FILE .recover` saves what can be read",
    "locked": "another program holds the file; run the command again when it has let go",
}

#: The number of the lock under which PostgreSQL's tables are made.
_MIGRATING: Final = 0x736F6674


def where(place: str | Path) -> URL:
    """Return the URL of a gradebook: of a file, or one that is given.

    Raises
    ------
    GradebookError
        It is neither.
    """
    if "://" not in str(place):
        return URL.create("sqlite", database=str(place))
    try:
        url = make_url(str(place))
    except ArgumentError as error:
        raise GradebookError(
            f"gradebook={str(place)!r} is no URL of a database.",
            help="postgresql://user@host/name, or a file",
        ) from error
    if url.drivername in ("postgresql", "postgres"):
        return url.set(drivername="postgresql+psycopg")
    if url.drivername.partition("+")[0] == "sqlite" and url.database not in (None, "", ":memory:"):
        return URL.create("sqlite", database=url.database)
    if url.drivername.partition("+")[0] != "postgresql":
        raise GradebookError(
            f"gradebook={url.render_as_string()!r} is neither a file nor a database of PostgreSQL.",
            help="postgresql://user@host/name, or a file",
        )
    return url


def connect(url: URL, *, make: bool) -> Engine:
    """Return an engine whose database has today's tables.

    Parameters
    ----------
    url : URL
    make : bool
        Whether a file that does not exist is made.

    Raises
    ------
    GradebookError
        It cannot be opened, is no gradebook, or was made by a later version.
    """
    if url.drivername == "sqlite":
        _refuse_file(Path(url.database or ""), make=make)
    with refusing(url, "opened"):
        engine = create_engine(url, pool_pre_ping=True)
        if url.drivername == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        try:
            with engine.begin() as connection:
                _migrate(connection, url)
        except BaseException:
            engine.dispose()
            raise
    return engine


@contextmanager
def refusing(url: URL, what: str) -> Iterator[None]:
    """Turn a database's errors into one sentence and a remedy."""
    try:
        yield
    except (SQLAlchemyError, ImportError, OSError) as error:
        words = str(getattr(error, "orig", None) or getattr(error, "strerror", None) or error).strip()
        reason = words.splitlines()[0].rstrip(".") if words else type(error).__name__
        raise GradebookError(
            f"gradebook={shown(url)!r} cannot be {what}: {reason}.", help=_remedy(url, reason)
        ) from error


def shown(url: URL) -> str:
    """Return what messages say of where a gradebook is; never a password."""
    return url.database or "" if url.drivername == "sqlite" else url.render_as_string(hide_password=True)


def _remedy(url: URL, reason: str) -> str:
    for word, remedy in _REMEDIES.items():
        if word in reason:
            return remedy
    if url.drivername != "sqlite":
        return "see that the server answers and lets this user in; --gradebook names another one"
    return "see that the file and its folder can be written; --gradebook names another one"


def _refuse_file(path: Path, *, make: bool) -> None:
    if path.exists():
        return
    if not make:
        raise GradebookError(
            f"there is no gradebook at {str(path)!r}.",
            help="grade run makes one; or name it with --gradebook",
        )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GradebookError(
            f"the folder of gradebook={str(path)!r} cannot be made: {error.strerror}.",
            help="name another one with --gradebook",
        ) from error


def _prepare_sqlite(connection: Any, record: object) -> None:
    # SQLAlchemy begins transactions, not the driver, which would begin too late to keep a second writer out.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {1000 * _PATIENCE}")
    cursor.execute("PRAGMA foreign_keys = ON")
    # A commit is on the disk when it returns: a power cut takes nothing back that was said to be kept.
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _migrate(connection: Connection, url: URL) -> None:
    """Bring the tables to today's version; what does that is loaded only where they are of another one."""
    if connection.dialect.name == "postgresql":  # two that open a new one at once make its tables once
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _MIGRATING})
    now = None
    if connection.dialect.name == "sqlite" and _is_empty(connection):
        # what migrations come to, without loading what carries them out: a first run waits for this
        metadata.create_all(connection, checkfirst=False)
        version.create(connection)
        connection.execute(version.insert().values(version_num=VERSION))
        return
    if connection.dialect.has_table(connection, "alembic_version"):
        now = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if now != VERSION and not import_module("grader.gradebook.migrations").upgrade(connection, now):
        raise GradebookError(
            f"gradebook={shown(url)!r} has version {now!r}, which this softmark does not know.",
            help="install the softmark that made it, or a later one",
        )


def _is_empty(connection: Connection) -> bool:
    return connection.exec_driver_sql("SELECT 1 FROM sqlite_master LIMIT 1").first() is None
